/* Written from the table in arrays.py by `make kernel`: change that. */

struct Sizes {
    i32 people; /* how many people */
    i32 kinds; /* kinds of week (see Problem.week_kinds), those alike but for a common shift as one */
    i32 words; /* 64-bit words in a week of quarter-hours */
    i32 languages; /* words in a mask of languages */
    i32 themes; /* words in a mask of themes */
    i32 tags; /* words in a mask of heritage tags */
    i32 answers; /* words in a mask of answers, all questions together */
    i32 questions; /* affinity questions, 24 at most */
    i32 questions_end; /* one more than questions */
    i32 people_end; /* one more than people */
    i32 seats; /* twice the people: mentees' seats, then mentors' */
    i32 paired; /* people where what each is to each is looked up in a table, else 0 */
    i32 barred_count; /* entries of barred */
    i32 before_count; /* entries of before */
    i32 wished_count; /* entries of wished */
    i32 led_count; /* all mentors' seats */
    i32 slots; /* the most circles there can be */
    i32 width; /* the most people in a circle */
    i32 row; /* a circle as [mentors, mentees, people]: two more than width */
    i32 mentor_sizes; /* one more than the most mentors */
    i32 mentee_sizes; /* one more than the most mentees */
    i32 near; /* likely mentors kept for each mentee */
    i32 reach; /* likely mentees kept for each mentor */
    i32 columns; /* the most circles known at a time */
    i32 two_columns; /* twice columns: the whole market and that of some circles */
    i32 hashed; /* places to find a circle by, a power of two */
    i32 two_hashed; /* twice hashed */
    i32 found; /* the most circles that one look finds */
    i32 branched; /* circles in all branches of a proof together */
    i32 depths; /* how deep a proof may branch */
    i32 seen; /* circles remembered from annealing */
    i32 hours_spoken; /* words of hours and languages together, for each of a circle's mentees */
    i32 least_mentors; /* in a circle */
    i32 most_mentors; /* in a circle */
    i32 least_mentees; /* in a circle */
    i32 most_mentees; /* in a circle */
    i32 needed; /* lasting starts that a circle must have */
    i32 spare_weeks; /* weeks that may be short */
    i32 session; /* a session's length in quarter-hours */
    i32 one; /* 1 */
    i32 two; /* 2 */
    i32 row_limit; /* the most circles that one exchange ends: 28 */
    i32 terms; /* the terms of a score that are no questions: 8 */
    i32 pupil_count; /* entries of pupils (set by the kernel) */
    i32 tutor_count; /* entries of tutors (set by the kernel) */
    i32 open_pupils; /* entries of open_mentees (set by the kernel) */
    i32 open_tutors; /* entries of open_mentors (set by the kernel) */
};

struct Plan {
    f64 heat; /* what annealing begins with */
    f64 cooling; /* by what factor it cools each step */
    f64 share; /* what share of the circles diving takes at a time */
    i32 steps; /* of annealing, for each person; 0 begins with what is there */
    i32 looks; /* the most looks for circles worth more than their seats */
    i32 each; /* the most circles kept for each team and size */
    i32 likely; /* mentees considered for each team, the likeliest */
    i32 nodes; /* looked at below each first mentee */
    i32 most; /* circles that one look adds */
    i32 teams; /* about so many teams are looked at */
    i32 near_nodes; /* nodes, when only some circles are put together again */
    i32 near_teams; /* teams, likewise */
    i32 width; /* circles taken apart at a time: from half as many to half as many again */
    i32 work; /* how much of that, in nodes */
    i32 bound; /* how much work a bound may take, in nodes; 0 for none */
    i32 exchanges; /* of whole circles, in each burst */
    i32 listing; /* how many nodes listing all circles may take */
    i32 proving; /* how much work a proof may take, in circles priced */
    i32 diving; /* whether to dive */
};

struct Arrays {
    u64 *starts; /* [people, kinds, words] when a session could begin that somebody can make, by kind of week */
    i32 *weeks; /* [kinds] how many weeks of the season are of each kind */
    u64 *languages; /* [people, languages] which somebody speaks */
    u64 *preferred; /* [people, languages] which of them they prefer */
    u64 *seeks; /* [people, themes] themes sought */
    u64 *offers; /* [people, themes] themes offered */
    i32 *sought; /* [people] how many themes are sought */
    u64 *heritage; /* [people, tags] heritage tags */
    u64 *answers; /* [people, answers] answers to affinity questions */
    i32 *question_at; /* [questions_end] where each question's words begin */
    i32 *stage; /* [people] stage of life, -1 where not given */
    f64 *weights; /* [people, two, terms] as mentee and as mentor; 0 where a term does not apply */
    f64 *question_weights; /* [people, two, questions] likewise */
    f64 *totals; /* [people, two] the weights that apply, added up */
    i32 *seats; /* [people, two] how many mentee's and mentor's seats somebody may take */
    i32 *barred_at; /* [people_end] where each one's part of barred begins */
    i32 *barred; /* [barred_count] whom somebody may not meet */
    i32 *before_at; /* [people_end] where each one's part of before begins */
    i32 *before; /* [before_count] whom somebody met before */
    i32 *wished_at; /* [people_end] where each one's part of wished begins */
    i32 *wished; /* [wished_count] whom somebody wished for */
    f64 *sizes; /* [mentor_sizes, mentee_sizes] how good a size is */
    u64 *pairs; /* [paired, paired] what each is to each */
    u64 *chance; /* [one] where the stream of chance stands */
    i32 *asked; /* [two, row] circles that Python asks about */
    i32 *rows; /* [slots, row] the arrangement, by slot */
    f64 *values; /* [slots] what each circle is worth */
    i32 *kept; /* [slots, width] who may not leave; -1 where nobody, -2 in front where nothing may change */
    i32 *away; /* [slots] whether a circle is being taken apart */
    i32 *best_rows; /* [slots, row] the best arrangement so far; Python begins with it and reads it */
    i32 *place; /* [people] the slot of each mentee, -1 for none */
    i32 *spare; /* [people] mentor's seats still free */
    i32 *led_at; /* [people_end] where each one's part of led begins */
    i32 *led; /* [led_count] the slots that each mentor leads */
    i32 *leads; /* [people] how many of those are in use */
    i32 *pupils; /* [people] everybody who may take a mentee's seat */
    i32 *tutors; /* [people] everybody who may take a mentor's */
    i32 *near; /* [people, near] for each pupil, tutors they fit with; -1 where there are no more */
    i32 *reach; /* [people, reach] for each tutor, pupils they fit with */
    f64 *likes; /* [people] memory to rank likely company in */
    i32 *column_rows; /* [two_columns, row] circles known */
    i32 *column_seats; /* [two_columns, width] their seats */
    f64 *column_values; /* [two_columns] what each is worth */
    f64 *column_taken; /* [two_columns] how much of each a fractional choice takes */
    i32 *column_hash; /* [two_hashed] where to find a circle by its mark; -1 for nowhere */
    i32 *found_rows; /* [found, row] circles that the last look found */
    f64 *found_above; /* [found] how much more each is worth than its seats */
    f64 *heap; /* [found] memory to find the best of them in */
    f64 *prices; /* [seats] of each seat */
    f64 *kept_prices; /* [seats] the prices of the whole market, once settled; what Python may begin with */
    f64 *lowest; /* [seats] the best prices so far */
    f64 *way; /* [seats] the direction of the last step */
    f64 *slope; /* [seats] of the sum, at the prices as they are */
    i32 *capacity; /* [seats] how often each seat is open */
    i32 *open; /* [seats] the seats that are open */
    i32 *open_mentees; /* [people] who has an open mentee's seat */
    i32 *open_mentors; /* [people] who has an open mentor's seat */
    f64 *ceilings; /* [people] by first mentor, above what no circle is worth more than its seats */
    i32 *fitting; /* [people] the mentees who fit a team */
    i32 *fitting_times; /* [people] the lasting starts of each with it */
    i32 *order; /* [people] their places, the most promising first */
    u64 *company_counts; /* [people] what the others who fit are to each, added up */
    u64 *company_marks; /* [people] and joined */
    i32 *mates; /* [people] how many of them each could sit with */
    u64 *team_counts; /* [people] what the team is to each, added up */
    u64 *team_marks; /* [people] and joined */
    f64 *fixed; /* [people] language and goals of each with this team, weighed */
    f64 *costs; /* [people] what each takes away from the mentors at least */
    i32 *left; /* [mentee_sizes, people_end] by depth, the places of those who could still join */
    i32 *left_times; /* [mentee_sizes, people_end] their lasting starts with those so far */
    f64 *left_gains; /* [mentee_sizes, people_end] what each adds at best, less their price */
    u64 *left_counts; /* [mentee_sizes, people_end] what those so far are to each, added up */
    u64 *left_marks; /* [mentee_sizes, people_end] and joined */
    u64 *rest; /* [mentee_sizes, hours_spoken] by depth, the hours and languages that all have in common */
    f64 *tops; /* [two, people] memory to rank mentees in */
    i32 *dived_rows; /* [slots, row] circles that a dive took */
    i32 *free; /* [slots] circles that may be taken apart */
    i32 *chosen; /* [slots] those that are */
    f64 *ranks; /* [slots] how closely each is related to the first */
    f64 *ranking; /* [columns] how much more than their prices circles are worth */
    i32 *ranked; /* [columns] the circles in that order */
    i32 *led_by_at; /* [people_end] where each mentor's part of led_by begins */
    i32 *led_by; /* [two_columns] the circles each mentor leads, the best first */
    i32 *branches; /* [branched] circles still in question, branch after branch */
    f64 *held_prices; /* [depths, seats] prices to return to, by depth */
    i32 *removed_rows; /* [row_limit, row] circles that an exchange ended */
    f64 *removed_values; /* [row_limit] what each was worth */
    i32 *is_near; /* [people] whether a mentor is likely company of the first one's mentees */
};

extern struct Sizes S;
extern struct Plan P;
extern struct Arrays A;
