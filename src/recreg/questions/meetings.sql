SELECT meeting.id, meeting.name, meeting.held_on, meeting.cutoff_on, meeting.final_since_on, meeting.final_drawn_on, meeting.final_changeset, meeting.final_form, meeting.final_sha256, meeting.final_recommendations, meeting.final_areas_for_improvement, meeting.final_causes_of_concern, meeting.final_why
FROM meeting
ORDER BY meeting.cutoff_on, meeting.id
