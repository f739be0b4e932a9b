SELECT changeset.number, changeset.effective_on, changeset.by_whom, changeset.command, change."after"
FROM changeset JOIN change ON change.changeset = changeset.number
WHERE changeset.undoes IS NULL AND change.noun = :noun AND change."row" = :row
ORDER BY changeset.effective_on, change.id
