"""How large things may be, so that every view fits every platform.

Each line names the platform that sets it: the strictest one wins. The constructors in
:mod:`bot.core.boundary.views` enforce these, so a view that would be refused fails in a unit test
and nothing is ever cut silently.
"""

WIRE_CODE = 85  # Discord: 100 in a custom_id, of which its adapter keeps 15 for marks of its own
FORM_TITLE = 24  # Slack: view title
FORM_FIELDS = 5  # Discord: components in a modal
FIELD_LABEL = 45  # Discord: label in a modal
FIELD_HINT = 100  # Discord: description of a label
FIELD_TEXT = 3000  # Slack: plain_text_input max_length
PLACEHOLDER = 100  # Discord: text input placeholder
SUBMIT_LABEL = 24  # Slack: view submit
FORM_INTRO = 1000  # ours: a form is not a page to read

CHOICES = 25  # Discord: options in a select
CHOICE_LABEL = 75  # Slack: option text
CHOICE_HINT = 75  # Slack: option description
CHOICE_VALUE = 100  # Discord: option value
BUTTON_LABEL = 75  # Slack: button text
BUTTONS = 5  # Discord: buttons in a row
SELECT_PLACEHOLDER = 100  # Slack: 150; kept at what fits a phone

MESSAGE_TITLE = 150  # Slack: header block
MESSAGE_TEXT = (
    3800  # Discord: 4,000 over all text of a message with components, less room for markup
)
PARAGRAPH = 2900  # Slack: 3,000 in a section, less room for escapes
MESSAGE_BLOCKS = 12  # ours: a message is not a page to read
COMPONENTS = 40  # Discord: in a message; a row of five buttons counts six
FACTS = 10  # Slack: fields in a section
FACT_VALUE = 500  # Slack: 2,000 in a field; ours: facts are short
FILES = 10  # Discord: attachments

COMMAND_NAME = 32  # Discord
COMMAND_DESCRIPTION = 100  # Discord
COMMAND_OPTIONS = 25  # Discord
