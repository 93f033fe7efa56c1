"""What the group ``forms`` measures: a large form, our application that serves it, and the plain ones beside."""
