SELECT item.ref, (SELECT review.held_on
FROM review
WHERE review.item_id = item.id
ORDER BY review.held_on DESC, review.id DESC
 LIMIT 1 OFFSET 0) AS review_held_on, (SELECT review.note
FROM review
WHERE review.item_id = item.id
ORDER BY review.held_on DESC, review.id DESC
 LIMIT 1 OFFSET 0) AS review_note, (SELECT note.noted_on
FROM note
WHERE note.item_id = item.id
ORDER BY note.noted_on DESC, note.id DESC
 LIMIT 1 OFFSET 0) AS note_noted_on, (SELECT note.text
FROM note
WHERE note.item_id = item.id
ORDER BY note.noted_on DESC, note.id DESC
 LIMIT 1 OFFSET 0) AS note_text
FROM item
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL
AND (:items IS NULL OR item.ref IN (SELECT each_items.value
FROM json_each(:items) AS each_items))
