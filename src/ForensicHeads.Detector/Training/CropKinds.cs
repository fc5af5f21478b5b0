namespace ForensicHeads.Detector.Training;

/// <summary>Crops of several kinds (size, rule, encode path) may be learnt from together, but a kind of which only one class has frames
/// would be told by the cutting and not by the making.</summary>
public static class CropKinds
{
    /// <summary>Checks that each kind is among both classes.</summary>
    /// <param name="uses">Which stores give which class.</param>
    /// <param name="whose">Whose frames these are, in words: empty, or for example " of training people".</param>
    /// <exception cref="UserErrorException">A kind has frames of one class alone.</exception>
    public static void Check(IEnumerable<(StoreInfo Store, Label Label)> uses, string whose = "")
    {
        var all = uses.ToArray();
        foreach (var (store, label) in all.OrderBy(use => use.Label))
        {
            if (all.Any(use => use.Label != label && Kind(use.Store) == Kind(store))) continue;
            var (name, other) = (label.Text(), (label == Label.Real ? Label.Generated : Label.Real).Text());
            throw new UserErrorException(
                $"The stores' crops differ, so a detector would learn how faces were cut, not how they were made: {store.Name} has {name} "
                    + $"frames{whose} of {store.Size} px, '{store.CropSpecification}', encoded as {store.EncodePath}, and no store has "
                    + $"{other} ones of that kind. "
                + Remedy(all));
        }
    }

    // Reducing the larger class alone would be told by the filter.
    private static string Remedy(IReadOnlyCollection<(StoreInfo Store, Label Label)> all)
    {
        var least = all.Min(use => use.Store.Size);
        var larger = all.Where(use => use.Store.Size > least).Select(use => use.Store.Name).Distinct(StringComparer.Ordinal).ToArray();
        return larger.Length == 0 ? "Make both from sources that were cut and encoded alike."
            : FormattableString.Invariant($"Make {string.Join(", ", larger)} again with --size {least} ")
            + "('ingest' and 'procedural' have it). "
            + "'datasets select --size' helps only where it reduces both classes from one size.";
    }

    private static (int Size, string Crop, string Path) Kind(StoreInfo info) => (info.Size, info.CropSpecification, info.EncodePath);
}
