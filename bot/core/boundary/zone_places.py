"""What zones are called besides their own names: cities, countries, states and clocks.

Data only. Every value is IANA; where a name has several, whoever says it is asked which is meant.
"""

# Large cities after which no zone is named, and short names that mean one place to most people.
CITIES = {
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria",
    "America/Bogota": "Medellín, Cali",
    "America/Chicago": "Houston, Dallas, Austin, Minneapolis, San Antonio, St Louis, New Orleans",
    "America/Denver": "Salt Lake City, Albuquerque",
    "America/Edmonton": "Calgary",
    "America/Los_Angeles": "LA, San Francisco, Seattle, San Diego, Las Vegas,"
    " Oakland, Sacramento, Fremont, Irvine",
    "America/Mexico_City": "CDMX, Guadalajara, Puebla",
    "America/New_York": "NYC, Boston, Washington DC, Philadelphia, Atlanta, Miami,"
    " Charlotte, Pittsburgh, Baltimore, Orlando",
    "America/Sao_Paulo": "Rio de Janeiro, Brasília",
    "America/Toronto": "Ottawa, Montréal, Mississauga, Québec",
    "America/Vancouver": "Burnaby",
    "Asia/Bangkok": "Chiang Mai",
    "Asia/Dhaka": "Chittagong, Sylhet",
    "Asia/Dubai": "Abu Dhabi, Sharjah",
    "Asia/Ho_Chi_Minh": "Hanoi, Da Nang, HCMC",
    "Asia/Jakarta": "Bandung, Surabaya, Yogyakarta",
    "Asia/Karachi": "Lahore, Islamabad, Rawalpindi, Faisalabad, Peshawar",
    "Asia/Kathmandu": "Pokhara, Lalitpur, Patan",
    "Asia/Kolkata": "Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Madras,"
    " Pune, Ahmedabad, Jaipur, Lucknow, Kochi, Goa, Chandigarh, Guwahati",
    "Asia/Kuala_Lumpur": "KL, Penang, George Town, Johor Bahru",
    "Asia/Makassar": "Bali, Denpasar",
    "Asia/Manila": "Quezon City, Cebu, Davao",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Seoul": "Busan, Incheon, Daegu",
    "Asia/Shanghai": "Beijing, Shenzhen, Guangzhou, Chengdu, Hangzhou, Wuhan, Nanjing, Xi'an",
    "Asia/Taipei": "Kaohsiung, Taichung, Tainan",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Fukuoka, Kobe",
    "Asia/Yangon": "Mandalay, Rangoon",
    "Australia/Sydney": "Canberra",
    "Europe/Amsterdam": "Rotterdam, The Hague, Utrecht",
    "Europe/Berlin": "Munich, München, Hamburg, Frankfurt, Cologne, Köln, Stuttgart, Düsseldorf",
    "Europe/London": "Manchester, Leeds, Glasgow, Edinburgh, Bristol",
    "Europe/Madrid": "Barcelona, Seville",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Lille",
    "Europe/Rome": "Milan, Naples, Turin, Florence",
    "Europe/Zurich": "Geneva, Basel, Bern, Lausanne",
    "Pacific/Auckland": "Wellington, Christchurch",
}
# Names of several large places.
SEVERAL = {
    "Birmingham": ("Europe/London", "America/Chicago"),
    "Cambridge": ("Europe/London", "America/New_York"),
    "Georgia": ("Asia/Tbilisi", "America/New_York"),
    "Hyderabad": ("Asia/Kolkata", "Asia/Karachi"),
    "Newcastle": ("Europe/London", "Australia/Sydney"),
    "Portland": ("America/Los_Angeles", "America/New_York"),
    "Richmond": ("America/Vancouver", "America/New_York"),
    "San Jose": ("America/Los_Angeles", "America/Costa_Rica"),
    "Valencia": ("Europe/Madrid", "America/Caracas"),
    "Victoria": ("America/Vancouver", "Australia/Melbourne"),
    "Washington": ("America/New_York", "America/Los_Angeles"),
}
_USA = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_CANADA = ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Halifax")
# Countries with several zones, and those in which most of their people live.
COUNTRIES = {
    "United States, United States of America, USA, US, U.S., U.S.A., America": _USA,
    "US & Canada, US and Canada, North America": (*_USA, *_CANADA),
    "Australia": (
        "Australia/Sydney",
        "Australia/Brisbane",
        "Australia/Adelaide",
        "Australia/Perth",
    ),
    "Brazil": ("America/Sao_Paulo", "America/Fortaleza", "America/Manaus"),
    "Canada": _CANADA,
    "Indonesia": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "Korea, South Korea, Republic of Korea": ("Asia/Seoul",),
    "Mexico": ("America/Mexico_City", "America/Tijuana", "America/Cancun", "America/Hermosillo"),
    "Russia": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok"),
    "Turkey": ("Europe/Istanbul",),
    "UK, U.K., Great Britain, Britain, England, Scotland, Wales": ("Europe/London",),
    "Czech Republic": ("Europe/Prague",),
    "Burma": ("Asia/Yangon",),
    "Holland": ("Europe/Amsterdam",),
}
# States, provinces and their short forms, which count only behind a comma ("Austin, TX").
STATES = {
    "America/New_York": "New York NY, New Jersey NJ, Massachusetts MA, Pennsylvania PA, Ohio OH,"
    " Georgia GA, North Carolina NC, South Carolina SC, Virginia VA, West Virginia WV,"
    " Maryland MD, Connecticut CT, Maine ME, Vermont VT, New Hampshire NH, Rhode Island RI,"
    " Delaware DE, District of Columbia DC",
    "America/Chicago": "Illinois IL, Wisconsin WI, Minnesota MN, Iowa IA, Missouri MO,"
    " Arkansas AR, Louisiana LA, Mississippi MS, Alabama AL, Oklahoma OK",
    "America/Denver": "Colorado CO, Utah UT, Wyoming WY, Montana MT, New Mexico NM",
    "America/Los_Angeles": "California CA, Washington State WA, Nevada NV",
    "America/Phoenix": "Arizona AZ",
    "Pacific/Honolulu": "Hawaii HI",
    "America/Vancouver": "British Columbia BC",
    "America/Edmonton": "Alberta AB",
    "America/Regina": "Saskatchewan SK",
    "America/Winnipeg": "Manitoba MB",
    "America/Toronto": "Quebec QC",
    "America/Halifax": "Nova Scotia NS, New Brunswick NB",
    "Australia/Sydney": "New South Wales NSW",
    "Australia/Melbourne": "Victoria VIC",
    "Australia/Brisbane": "Queensland QLD",
    "Australia/Perth": "Western Australia WA",
    "Australia/Adelaide": "South Australia SA",
}
# States across two zones.
SPLIT_STATES = {
    "Texas TX": ("America/Chicago", "America/Denver"),
    "Florida FL": ("America/New_York", "America/Chicago"),
    "Tennessee TN": ("America/Chicago", "America/New_York"),
    "Kentucky KY": ("America/New_York", "America/Chicago"),
    "Indiana IN": ("America/Indiana/Indianapolis", "America/Chicago"),
    "Michigan MI": ("America/Detroit", "America/Menominee"),
    "Kansas KS": ("America/Chicago", "America/Denver"),
    "Nebraska NE": ("America/Chicago", "America/Denver"),
    "North Dakota ND": ("America/Chicago", "America/Denver"),
    "South Dakota SD": ("America/Chicago", "America/Denver"),
    "Oregon OR": ("America/Los_Angeles", "America/Boise"),
    "Idaho ID": ("America/Boise", "America/Los_Angeles"),
    "Alaska AK": ("America/Anchorage", "America/Adak"),
    "Ontario ON": ("America/Toronto", "America/Winnipeg"),
}
# Clocks by their names. One zone: nobody else means anything else by it. Several: it is asked.
CLOCKS = {
    "UTC, UCT, Z, Zulu, Universal, Etc/UTC, Etc/UCT, Etc/Zulu, Etc/Universal,"
    " Coordinated Universal Time": ("UTC",),
    "GMT, Greenwich, Greenwich Mean Time, Etc/GMT, Etc/Greenwich, Etc/GMT0, Etc/GMT+0, Etc/GMT-0,"
    " GMT0": ("Europe/London", "Africa/Accra", "Atlantic/Reykjavik", "UTC"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "British Summer Time, British Time": ("Europe/London",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "Indian Standard Time": ("Asia/Kolkata",),
    "Irish Standard Time": ("Europe/Dublin",),
    "WET, Western European Time, WEST, Western European Summer Time": (
        "Europe/Lisbon",
        "Atlantic/Canary",
        "Africa/Casablanca",
    ),
    "CET, MET, Central European Time, Central European Standard Time, CEST, MEZ, MESZ,"
    " Central European Summer Time": (
        "Europe/Berlin",
        "Europe/Paris",
        "Europe/Madrid",
        "Africa/Algiers",
    ),
    "EET, Eastern European Time, Eastern European Standard Time, EEST,"
    " Eastern European Summer Time": (
        "Europe/Athens",
        "Europe/Helsinki",
        "Europe/Kyiv",
        "Africa/Cairo",
    ),
    "MSK, Moscow Time": ("Europe/Moscow",),
    "TRT": ("Europe/Istanbul",),
    "EST, Eastern Standard Time": (
        "America/New_York",
        "America/Toronto",
        "America/Panama",
        "America/Jamaica",
    ),
    "EDT, Eastern Daylight Time": ("America/New_York", "America/Toronto"),
    "ET, Eastern, Eastern Time, US Eastern Time, Eastern Time (US & Canada), EST5EDT, EST/EDT": (
        "America/New_York",
    ),
    "CST": ("America/Chicago", "America/Mexico_City", "Asia/Shanghai", "Asia/Taipei"),
    "CDT, Central Daylight Time": ("America/Chicago", "America/Havana"),
    "Central Standard Time": (
        "America/Chicago",
        "America/Mexico_City",
        "America/Regina",
        "America/Costa_Rica",
    ),
    "CT, Central, Central Time, US Central Time, Central Time (US & Canada), CST6CDT, CST/CDT": (
        "America/Chicago",
    ),
    "MST, Mountain Standard Time": (
        "America/Denver",
        "America/Phoenix",
        "America/Edmonton",
        "America/Hermosillo",
    ),
    "MDT, Mountain Daylight Time": ("America/Denver", "America/Edmonton"),
    "MT, Mountain, Mountain Time, US Mountain Time, Mountain Time (US & Canada), MST7MDT,"
    " MST/MDT": ("America/Denver",),
    "PST": ("America/Los_Angeles", "America/Vancouver", "America/Tijuana", "Asia/Manila"),
    "PDT, Pacific Daylight Time, Pacific Standard Time": (
        "America/Los_Angeles",
        "America/Vancouver",
        "America/Tijuana",
    ),
    "PT, Pacific, Pacific Time, US Pacific Time, Pacific Time (US & Canada), PST8PDT, PST/PDT": (
        "America/Los_Angeles",
    ),
    "AST": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "ADT, Atlantic Standard Time, Atlantic Daylight Time, Atlantic Time (Canada)": (
        "America/Halifax",
        "America/Puerto_Rico",
    ),
    "AKST, AKDT, Alaska Time": ("America/Anchorage",),
    "HST, Hawaii Standard Time, Hawaii Time": ("Pacific/Honolulu",),
    "NST": ("America/St_Johns", "Asia/Kathmandu"),
    "NDT": ("America/St_Johns",),
    "BRT": ("America/Sao_Paulo",),
    "ART": ("America/Argentina/Buenos_Aires",),
    "CLT": ("America/Santiago",),
    "COT": ("America/Bogota",),
    "PET": ("America/Lima",),
    "EAT": ("Africa/Nairobi",),
    "WAT": ("Africa/Lagos",),
    "CAT": ("Africa/Harare", "Africa/Maputo", "Africa/Lusaka"),
    "SAST": ("Africa/Johannesburg",),
    "GST": ("Asia/Dubai",),
    "PKT": ("Asia/Karachi",),
    "NPT, Nepali Time": ("Asia/Kathmandu",),
    "BDT": ("Asia/Dhaka", "Asia/Brunei"),
    "MMT": ("Asia/Yangon",),
    "ICT, Indochina Time": ("Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Phnom_Penh"),
    "WIB": ("Asia/Jakarta",),
    "WITA": ("Asia/Makassar",),
    "WIT": ("Asia/Jayapura",),
    "SGT": ("Asia/Singapore",),
    "SST": ("Asia/Singapore", "Pacific/Pago_Pago"),
    "MYT": ("Asia/Kuala_Lumpur",),
    "PHT, PHST": ("Asia/Manila",),
    "HKT": ("Asia/Hong_Kong",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "AWST": ("Australia/Perth",),
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "ACDT": ("Australia/Adelaide",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney", "Australia/Melbourne"),
    "NZST, NZDT, NZT": ("Pacific/Auckland",),
}
# Zones in which many people live: where only the offset is told, these are asked first.
LARGE = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Toronto", "America/Sao_Paulo", "America/Mexico_City", "America/Bogota",
    "America/Lima", "America/Argentina/Buenos_Aires", "America/Halifax", "America/Phoenix",
    "America/Vancouver", "America/Anchorage", "Pacific/Honolulu", "America/Caracas",
    "America/Santiago", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid",
    "Europe/Rome", "Europe/Lisbon", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul",
    "Europe/Moscow", "Africa/Accra", "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg",
    "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Ho_Chi_Minh",
    "Asia/Singapore", "Asia/Shanghai", "Asia/Manila", "Asia/Taipei", "Asia/Hong_Kong",
    "Asia/Kuala_Lumpur", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney", "Australia/Brisbane",
    "Australia/Perth", "Australia/Adelaide", "Pacific/Auckland",
)  # fmt: skip
