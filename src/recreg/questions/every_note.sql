SELECT note.ref, item.ref AS item, note.noted_on, note.text, note.corrected_why
FROM note JOIN item ON item.id = note.item_id
WHERE item.withdrawn_on IS NULL
ORDER BY note.id
