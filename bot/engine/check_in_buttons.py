"""The standing buttons of a hall's check-in: under its picture, and wherever its meeting is shown."""

OPEN = "checkin"  # a meeting; ".again" behind it: from its own picture
CLOSE = "checkinend"  # a meeting
WHO = "checkinwho"  # a meeting, and a page
