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
        var (store, sequences, notes) = (request.Store, new List<ExportSequence>(), new List<string>());
        var (left, unknown) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        // A data set's own words may mean something else than they do elsewhere; the splits that came with it say what.
        OfficialParts[] own = request.Split is null ? [.. store.Splits.Select(split => split.Official).OfType<OfficialParts>()] : [];
        var hasOfficial = false;
        foreach (var group in store.Frames.GroupBy(frame => (frame.Identity, frame.Video, frame.Track, frame.Origin)))
        {
            FrameRecord[] frames = [.. group.OrderBy(frame => frame.FrameNumber).ThenBy(frame => frame.Key, StringComparer.Ordinal)];
            var first = frames[0];
            hasOfficial |= first.OfficialSplit is not null;
            if (PartOf(RoleOf(first)) is { } part) sequences.Add(new ExportSequence(
                ExportSequence.FolderOf(store.Info, first), part, frames));
            else if (request.Split is null) unknown.Add(first.OfficialSplit!);
            else left.Add(first.Identity);
        }

        if (sequences.Count == 0) throw new UserErrorException(request.Split is { } given
            ? $"The split {given.Name} names nobody of {store.Path} who trains, validates or is tested."
            : $"{store.Path} has no split but parts called {Some(unknown)}, which say nothing. Draw the line with --split.");
        if (left.Count > 0) notes.Add(
            $"{left.Count} people whom the split does not name, or keeps for the generator, were left out: {Some(left)}");
        if (unknown.Count > 0) notes.Add(
            $"the data set has parts whose names say nothing, which were left out: {Some(unknown)}; --split draws the line");
        if (request.Split is null && !hasOfficial)
            notes.Add("no split was given and the data set has none of its own, so everything stands under 'train'; --split draws the "
                + "line");
        return new ExportPlan(store, request.Name, sequences, notes) { Day = request.Day };

        SplitRole? RoleOf(FrameRecord frame) => request.Split is { } split ? split.RoleOf(frame)
            : frame.OfficialSplit is null ? SplitRole.Train
            : own.Select(parts => parts.RoleOf(frame)).FirstOrDefault(role => role is not null) ?? DatasetWords.RoleOf(frame.OfficialSplit);

        static string Some(SortedSet<string> names) => $"{string.Join(", ", names.Take(5))}{(names.Count > 5 ? " …" : "")}";
    }

    private static string? PartOf(SplitRole? role) => role switch
    {
        SplitRole.Train => ExportSequence.Train,
        SplitRole.Validation or SplitRole.Calibration => ExportSequence.Validation,
        SplitRole.Test => ExportSequence.Test,
        _ => null,
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
