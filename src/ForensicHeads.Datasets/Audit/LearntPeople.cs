namespace ForensicHeads.Datasets.Audit;

/// <summary>Whom a model learnt from, as hashes: enough to tell that somebody is among them, and too little to name anybody.</summary>
/// <param name="People">First 16 hexadecimal digits of the SHA-256 of each name, in ordinal order.</param>
/// <param name="Sources">First 16 hexadecimal digits of each source file's SHA-256, in ordinal order.</param>
public sealed record LearntPeople(IReadOnlyList<string> People, IReadOnlyList<string> Sources)
{
    private const int Digits = 16;
    private const string Rendered = "rendered";

    /// <summary>Everybody in some frames, true and made.</summary>
    public static LearntPeople Of(IEnumerable<FrameRecord> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var all = frames.ToArray();
        // A rendered person's name is a number, which those of every other seed have, too.
        return new LearntPeople(Sorted(all.Where(frame => frame.SourceCodec != Rendered).Select(frame => Short(frame.Identity))),
            Sorted(all.Where(frame => frame.SourceSha256.Length > 0).Select(Source)));
    }

    /// <summary>The people of some frames who were learnt from: by name, or by a source file of theirs.</summary>
    public IReadOnlyList<string> Among(IEnumerable<FrameRecord> frames)
    {
        var (people, sources) = (People.ToHashSet(StringComparer.Ordinal), Sources.ToHashSet(StringComparer.Ordinal));
        return [.. frames.Where(frame => (frame.SourceCodec != Rendered && people.Contains(Short(frame.Identity)))
                || (frame.SourceSha256.Length > 0 && sources.Contains(Source(frame))))
            .Select(frame => frame.Identity).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string Short(string name) => Hashes.OfText(name)[..Digits];

    private static string Source(FrameRecord frame) => frame.SourceSha256[..Math.Min(Digits, frame.SourceSha256.Length)];

    private static string[] Sorted(IEnumerable<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
