SELECT note.ref, note.noted_on, note.text, note.corrected_why
FROM note
WHERE note.item_id = :item_id
ORDER BY note.noted_on, note.id
