namespace ForensicHeads.Experiments.Quality;

/// <summary>Identity similarity when ê is swapped between two people: of A's landmarks with B's vector, to A and to B.</summary>
/// <param name="OwnToSelf">A's vector, to A.</param>
/// <param name="SwappedToSelf">B's vector, to A: lower, where ê holds the person.</param>
/// <param name="SwappedToOther">B's vector, to B.</param>
internal sealed record SwapIdentity(double OwnToSelf, double SwappedToSelf, double SwappedToOther)
{
    /// <summary>Means over pairs; null without any.</summary>
    /// <param name="judge">Embeds the swapped frames, along the driver's landmarks.</param>
    /// <param name="gallery">Mean vectors of people.</param>
    /// <param name="swapped">Frames that show one person (their identity) on another's landmarks (their driver video).</param>
    /// <param name="measured">The other frames, as measured.</param>
    public static SwapIdentity? Of(IFaceIdentity judge, IdentityGallery gallery, IReadOnlyList<ExperimentFrame> swapped, IReadOnlyList<QualityItem> measured)
    {
        var drivers = measured.Where(item => item.Origin.IsReal).GroupBy(item => item.Driver).ToDictionary(group => group.Key, group => group.First().Identity, StringComparer.Ordinal);
        var most = measured.Where(item => item.Origin.Mode == Mode.Ff).Max(item => item.Origin.Shots);
        var own = measured.Where(item => item.Origin.Mode == Mode.Ff && item.Origin.Shots == most && item.IdentitySimilarity is not null).GroupBy(item => item.Identity, StringComparer.Ordinal)
            .ToDictionary(person => person.Key, person => person.Average(item => item.IdentitySimilarity!.Value), StringComparer.Ordinal);
        var pairs = swapped.GroupBy(frame => (Self: drivers.GetValueOrDefault(FrameMeasurer.DriverOf(frame.Record)) ?? "", Other: frame.Record.Identity))
            .Where(pair => own.ContainsKey(pair.Key.Self) && gallery.Holds(pair.Key.Self) && gallery.Holds(pair.Key.Other)).OrderBy(pair => pair.Key.Self, StringComparer.Ordinal).Select(pair =>
            {
                var vectors = judge.Embed([.. pair.Select(frame => new Shot(frame.Read(), frame.Record.Landmarks))]);
                return (Own: own[pair.Key.Self], ToSelf: vectors.Average(vector => gallery.Similarity(pair.Key.Self, vector)!.Value), ToOther: vectors.Average(vector => gallery.Similarity(pair.Key.Other, vector)!.Value));
            }).ToArray();
        return pairs.Length == 0 ? null : new SwapIdentity(pairs.Average(pair => pair.Own), pairs.Average(pair => pair.ToSelf), pairs.Average(pair => pair.ToOther));
    }
}
