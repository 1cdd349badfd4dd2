"""The window of the counter: Qt Widgets over the use cases; one folder a task."""
