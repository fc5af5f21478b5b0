namespace ForensicHeads.Datasets.Exports;

/// <summary>What an export writes: sequences of frames, each in one part of the split.</summary>
/// <param name="Store">The store.</param>
/// <param name="Name">What the data set is called.</param>
/// <param name="Sequences">In the order of the store.</param>
/// <param name="Notes">Who was left out, and where the parts come from.</param>
public sealed record ExportPlan(FrameStore Store, string Name, IReadOnlyList<ExportSequence> Sequences, IReadOnlyList<string> Notes)
{
    /// <summary>The day on which it is published.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The parts that have frames, training first.</summary>
    public IReadOnlyList<string> Parts => [.. ExportSequence.AllParts.Where(part => Sequences.Any(sequence => sequence.Part == part))];

    /// <summary>The plan of a request.</summary>
    /// <exception cref="UserErrorException">The name has other letters, or nobody of the store is in the split.</exception>
    public static ExportPlan Of(ExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Name.Length == 0 || FrameKey.Of(request.Name) != request.Name) throw new UserErrorException(
            $"The name '{request.Name}' does not go into paths of other tools; use letters, digits, - and _.", exitCode: 2);
        var (sequences, notes) = (new List<ExportSequence>(), new List<string>());
        var left = new HashSet<string>(StringComparer.Ordinal);
        var hasOfficial = false;
        foreach (var group in request.Store.Frames.GroupBy(frame => (frame.Identity, frame.Video, frame.Track, frame.Origin)))
        {
            FrameRecord[] frames = [.. group.OrderBy(frame => frame.FrameNumber).ThenBy(frame => frame.Key, StringComparer.Ordinal)];
            var first = frames[0];
            hasOfficial |= first.OfficialSplit is not null;
            var part = request.Split is { } split ? Of(split.RoleOf(first.Identity)) : Of(first.OfficialSplit);
            if (part is null) left.Add(first.Identity);
            else sequences.Add(new ExportSequence(ExportSequence.FolderOf(request.Store.Info, first), part, frames));
        }

        if (sequences.Count == 0) throw new UserErrorException(
            $"The split {request.Split?.Name} names nobody of {request.Store.Path} who trains, validates or is tested.");
        if (left.Count > 0) notes.Add(
            $"{left.Count} people whom the split does not name, or keeps for the generator, were left out: "
            + $"{string.Join(", ", left.Order(StringComparer.Ordinal).Take(5))}{(left.Count > 5 ? " …" : "")}");
        if (request.Split is null && !hasOfficial)
            notes.Add("no split was given and the data set has none of its own, so everything stands under 'train'; --split draws the "
                + "line");
        return new ExportPlan(request.Store, request.Name, sequences, notes) { Day = request.Day };
    }

    private static string? Of(SplitRole? role) => role switch
    {
        SplitRole.Train => ExportSequence.Train,
        SplitRole.Validation or SplitRole.Calibration => ExportSequence.Validation,
        SplitRole.Test => ExportSequence.Test,
        _ => null,
    };

    private static string Of(string? official) => official?.ToLowerInvariant() switch
    {
        "val" or "valid" or "validation" or "dev" => ExportSequence.Validation,
        "test" or "testing" or "eval" => ExportSequence.Test,
        _ => ExportSequence.Train,
    };
}

/// <summary>The frames of one video, person, track and origin.</summary>
/// <param name="Folder">A name that no other sequence has, in letters that any tool reads.</param>
/// <param name="Part">One of <see cref="AllParts"/>.</param>
/// <param name="Frames">In order of time; at least one.</param>
public sealed record ExportSequence(string Folder, string Part, IReadOnlyList<FrameRecord> Frames)
{
    /// <summary>Who is learnt from.</summary>
    public const string Train = "train";

    /// <summary>Who chooses.</summary>
    public const string Validation = "validation";

    /// <summary>Who is measured.</summary>
    public const string Test = "test";

    /// <summary>The parts.</summary>
    public static IReadOnlyList<string> AllParts { get; } = [Train, Validation, Test];

    /// <summary>The folder of a frame's sequence.</summary>
    /// <param name="info">The store.</param>
    /// <param name="frame">One of its frames.</param>
    public static string FolderOf(StoreInfo info, FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return FrameKey.Of($"{ClipName.Of(info, frame)}/{frame.Track}");
    }

    /// <summary>How its frames came to be.</summary>
    public FrameOrigin Origin => Frames[0].Origin;
}
