using System.Globalization;

namespace ForensicHeads.Datasets.Audit;

/// <summary>People in a row whom this tool rendered: a person is drawn from a seed and a number.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="First">Number of the first.</param>
/// <param name="Count">How many.</param>
public sealed record RenderedPeople(long Seed, int First, int Count)
{
    // Rows do not name the seed that drew them; it is found by the hash of the source.
    private const int SeedsTried = 1000;

    /// <summary>Whether a frame was rendered.</summary>
    internal static bool Has(FrameRecord frame) => frame.SourceCodec == ProceduralStore.SourceCodec;

    /// <summary>Whether a rendered frame shows one of them.</summary>
    internal bool Holds(FrameRecord frame) => NumberOf(frame) is { } number && number >= First && (long)number - First < Count
        && Is(frame, Seed);

    /// <summary>The rendered people of some frames, and the frames of all others (those of an unusual seed among them).</summary>
    internal static (IReadOnlyList<RenderedPeople> People, IReadOnlyList<FrameRecord> Others) Find(IEnumerable<FrameRecord> frames)
    {
        var (people, others, seeds) = (new List<RenderedPeople>(), new List<FrameRecord>(), new HashSet<long>());
        foreach (var frame in frames.DistinctBy(frame => (frame.Identity, frame.Video, frame.SourceSha256)))
        {
            if (Has(frame) && NumberOf(frame) is { } number && SeedOf(frame, seeds) is { } seed)
            {
                seeds.Add(seed);
                people.Add(new RenderedPeople(seed, number, 1));
            }
            else others.Add(frame);
        }

        return (Joined(people), others);
    }

    /// <summary>As few ranges as hold the same people, by seed and number.</summary>
    internal static IReadOnlyList<RenderedPeople> Joined(IEnumerable<RenderedPeople> ranges)
    {
        var joined = new List<RenderedPeople>();
        foreach (var range in ranges.OrderBy(range => range.Seed).ThenBy(range => range.First))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Seed == range.Seed && range.First <= (long)last.First + last.Count)
                joined[^1] = last with { Count = (int)Math.Max(last.Count, (long)range.First + range.Count - last.First) };
            else joined.Add(range);
        }

        return joined;
    }

    private static long? SeedOf(FrameRecord frame, HashSet<long> known)
    {
        foreach (var seed in known) if (Is(frame, seed)) return seed;
        for (var seed = 0; seed < SeedsTried; seed++) if (Is(frame, seed)) return seed;
        return null;
    }

    // Every renderer shows the same person.
    private static bool Is(FrameRecord frame, long seed) => Enum.GetValues<RendererVersion>()
        .Any(renderer => frame.SourceSha256 == ProceduralStore.SourceOf(seed, frame.Video, renderer));

    // Of p00012-v3: 12.
    private static int? NumberOf(FrameRecord frame) =>
        frame.Video.Split('-') is [['p', ..] name, ['v', ..]]
        && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
