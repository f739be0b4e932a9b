SELECT review.ref, review.held_on, review.outcome, review.note, review.met_with, review.met_on, review.kept_schedule, review.corrected_why
FROM review
WHERE review.item_id = :item_id
ORDER BY review.held_on, review.id
