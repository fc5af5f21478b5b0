namespace ForensicHeads.Experiments.Protocols;

/// <summary>Numbers in place of the names of clips, people and groups, so that results may be published where the names of files may
/// not.</summary>
internal sealed class NumberedClips
{
    private readonly Dictionary<string, string> clips;
    private readonly Dictionary<string, string> people;
    private readonly Dictionary<string, string> groups;

    /// <summary>Numbers them in a drawn order, in which no name can be read.</summary>
    public NumberedClips(IReadOnlyList<Clip> set, long seed)
    {
        clips = Numbered("clip", set.Select(clip => clip.Id), seed);
        people = Numbered("person", set.Select(clip => clip.Identity), seed);
        groups = Numbered("group", set.Select(clip => clip.Group), seed);
    }

    /// <summary>The scores under numbers.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RoundScore>> Of(IReadOnlyDictionary<string, IReadOnlyList<RoundScore>> scores) =>
        scores.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<RoundScore>)[.. pair.Value.Select(score =>
            score with { Clip = clips[score.Clip], Identity = people[score.Identity] })], StringComparer.Ordinal);

    /// <summary>The results under numbers; what named clips is counted.</summary>
    public GeneralisationResults Of(GeneralisationResults results) => results with
    {
        LeftOut = Counted(results.LeftOut, "clip has too few frames", "clips have too few frames"),
        NearDuplicates = Counted(results.NearDuplicates, "pair of clips has frames that look the same",
            "pairs of clips have frames that look the same"),
        Notes = [.. results.Notes.Select(Without)],
        Groups = [.. results.Groups.Select(one => one with { Group = groups[one.Group], Clip = clips[one.Clip] })],
    };

    private static string[] Counted(IReadOnlyList<string> lines, string one, string several) =>
        lines.Count == 0 ? [] : [$"{lines.Count} {(lines.Count == 1 ? one : several)}"];

    // A remark of somebody else's detector may name a clip.
    private string Without(string note) => clips.OrderByDescending(pair => pair.Key.Length)
        .Aggregate(note, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    private static Dictionary<string, string> Numbered(string what, IEnumerable<string> names, long seed)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var order = new SeededRandom(seed, "numbered/" + what).Permutation(all.Length);
        return all.Select((name, i) => (name, i)).ToDictionary(one => one.name, one =>
            FormattableString.Invariant($"{what} {order[one.i] + 1}"), StringComparer.Ordinal);
    }
}
