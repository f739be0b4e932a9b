SELECT review.ref, item.ref AS item, review.held_on, review.outcome, review.note, review.met_with, review.met_on, review.kept_schedule, review.corrected_why, review.found_last_on, review.found_anchor_on, review.found_round
FROM review JOIN item ON item.id = review.item_id
WHERE item.withdrawn_on IS NULL
ORDER BY review.id
