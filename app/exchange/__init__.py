"""The dialogs that bring marks out of a study and into it, and what they tell afterwards."""
