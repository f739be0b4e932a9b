SELECT meeting.name, meeting.held_on
FROM meeting
ORDER BY meeting.held_on DESC
