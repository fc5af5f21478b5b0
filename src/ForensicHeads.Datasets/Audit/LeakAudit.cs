namespace ForensicHeads.Datasets.Audit;

/// <summary>Looks for what would make a detection number too good: the first of the detector's controls.</summary>
public static class LeakAudit
{
    private const int AtOnce = 256;

    /// <summary>Audits the stores of an experiment under a split. People whom the split does not name take no part. What two parts of a
    /// data
    /// set's own split share is reported and stops nothing.</summary>
    /// <param name="stores">All stores that the experiment reads, real and generated.</param>
    /// <param name="split">The roles.</param>
    /// <param name="options">How strict; default when null.</param>
    /// <param name="progress">Frames hashed.</param>
    /// <param name="cancellation">Stops between frames.</param>
    public static LeakReport Run(IReadOnlyList<FrameStore> stores, Split split, LeakAuditOptions? options = null,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(split);
        options ??= new LeakAuditOptions();
        options.Validate();
        var leaks = new List<Leak>();
        leaks.AddRange(Names(split).Take(options.MaximumFindings));
        if (split.Official is not null) leaks.AddRange(Parts(stores, split).Take(options.MaximumFindings));
        foreach (var kind in Shared(stores, split).GroupBy(leak => leak.Kind)) leaks.AddRange(kind.Take(options.MaximumFindings));
        // What a data set's makers divided is reported, not mended: others' figures were made on the same parts.
        if (split.Official is not null) leaks = [.. leaks.Select(leak => leak with { Stops = false })];
        leaks.AddRange(Classes(stores));
        var compared = 0;
        if (options.NearDuplicates != NearDuplicateRule.Ignore)
        {
            bool IsCompared(FrameRecord clip) => split.RoleOf(clip) is not null && (!options.RealFramesOnly || clip.IsReal);
            compared = stores.SelectMany(store => store.Clips).Where(clip => IsCompared(clip.Row)).Sum(clip => clip.Frames);
            var entries = Hash(stores, split, IsCompared, compared, progress, cancellation);
            var stops = options.NearDuplicates == NearDuplicateRule.Stop && split.Official is null;
            foreach (var (a, b, distance) in NearDuplicateSearch.Find(
                entries, options.MaximumHashDistance, options.MaximumFindings, cancellation))
            {
                var what =
                    $"frames {a.Key} ({Lower(a.Role)}) and {b.Key} ({Lower(b.Role)}) look the same (perceptual hashes {distance} of 64 "
                    + $"bits apart, {options.MaximumHashDistance} or fewer count)";
                leaks.Add(new Leak(LeakKind.NearDuplicate, what, [.. new[] { a.Role, b.Role }.Order()], stops, a.Key, b.Key, distance));
            }
        }

        return new LeakReport([.. leaks.OrderByDescending(leak => leak.Stops)], compared, options);
    }

    /// <summary>Names that differ in case, spaces or Unicode form only are taken for one person.</summary>
    private static IEnumerable<Leak> Names(Split split) =>
        from same in split.Identities.GroupBy(
            pair => IdentityName.Folded(pair.Key), StringComparer.Ordinal)
        let roles = same.Select(pair => pair.Value).Distinct().Order().ToArray()
        where roles.Length > 1
        select new Leak(LeakKind.Identity,
            $"'{string.Join("' and '", same.Select(pair => pair.Key))}' are one person in the roles {Lower(roles)}", roles);

    /// <summary>Data sets that divide files have people in several parts.</summary>
    private static IEnumerable<Leak> Parts(IReadOnlyList<FrameStore> stores, Split split) =>
        from clip in stores.SelectMany(store => store.Clips)
        let role = split.RoleOf(clip.Row)
        where role is not null
        group (Role: role.Value, Key: clip.FirstKey) by clip.Row.Identity into same
        let roles = same.Select(one => one.Role).Distinct().Order().ToArray()
        where roles.Length > 1
        select new Leak(LeakKind.Identity, $"'{same.Key}' is in the parts {Lower(roles)}", roles, true, same.First().Key,
            same.First(one => one.Role != same.First().Role).Key);

    private static IEnumerable<Leak> Shared(IReadOnlyList<FrameStore> stores, Split split) =>
        from thing in SharedThings.Of(stores)
        let role = split.RoleOf(thing.Identity)
        where role is not null
        group (thing.Identity, Role: role.Value, thing.Key) by (thing.Kind, thing.Name) into same
        let roles = same.Select(use => use.Role).Distinct().Order().ToArray()
        where roles.Length > 1
        let a = same.First()
        let b = same.First(use => use.Role != a.Role)
        select new Leak(same.Key.Kind,
            $"{Lower(same.Key.Kind)} '{same.Key.Name}' joins {a.Identity} ({Lower(a.Role)}) and {b.Identity} ({Lower(b.Role)})", roles,
            true, a.Key, b.Key);

    private static IEnumerable<Leak> Classes(IReadOnlyList<FrameStore> stores)
    {
        var uses =
            stores.SelectMany(store => store.Clips.Select(clip => clip.Row.Origin.Label).Distinct().Select(label => (label, store.Info)))
            .ToArray();
        (LeakKind Kind, string Name, Func<StoreInfo, string> Get)[] properties =
        [
            (LeakKind.CropSpecification, "crop specifications", info => info.CropSpecification),
            (LeakKind.Size, "sizes", info => FormattableString.Invariant($"{info.Size} px")),
            (LeakKind.EncodePath, "encode paths", info => info.EncodePath),
        ];
        foreach (var (kind, name, get) in properties)
        {
            var real = Values(Label.Real, get);
            var generated = Values(Label.Generated, get);
            if (real.Length > 0 && generated.Length > 0 && !real.SequenceEqual(generated))
            {
                yield return new Leak(kind,
                    $"real and generated frames have different {name} ('{string.Join("', '", real)}' and "
                    + $"'{string.Join("', '", generated)}')", []);
            }
        }

        string[] Values(Label label, Func<StoreInfo, string> get) =>
            [.. uses.Where(use => use.label == label).Select(use => get(use.Info)).Distinct().Order(StringComparer.Ordinal)];
    }

    // A few at a time: the search keeps one of each hash of a role.
    private static IEnumerable<NearDuplicateSearch.Entry> Hash(IReadOnlyList<FrameStore> stores, Split split,
        Func<FrameRecord, bool> isCompared, int total, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var frames = stores.SelectMany(store => store.Rows(new RowChoice(isCompared), landmarks: false).Select(row => (store, row.Frame)));
        var done = 0;
        foreach (var part in frames.Chunk(AtOnce))
        {
            var hashes = new ulong[part.Length];
            ParallelLoop.Run(part.Length, i => hashes[i] = PerceptualHash.Of(part[i].store.ReadImage(part[i].Frame)), cancellation);
            done += part.Length;
            progress?.Report(new StepProgress("comparing", done, total, "frames"));
            foreach (var ((_, frame), hash) in part.Zip(hashes))
                yield return new NearDuplicateSearch.Entry(hash, split.RoleOf(frame)!.Value, frame.Key);
        }
    }

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();

    private static string Lower(IEnumerable<SplitRole> roles) => string.Join(", ", roles.Select(role => Lower(role)));
}

/// <summary>One finding of the audit.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="What">What was found, in one line.</param>
/// <param name="Roles">The roles it spans, in order; empty where it lies between the classes.</param>
/// <param name="Stops">Whether it stops the run; otherwise it is to be reported.</param>
/// <param name="KeyA">A frame that shows it, or null.</param>
/// <param name="KeyB">The other frame, or null.</param>
/// <param name="Distance">Perceptual-hash distance of the two frames in bits of 64, or null.</param>
public sealed record Leak(LeakKind Kind, string What, IReadOnlyList<SplitRole> Roles, bool Stops = true, string? KeyA = null,
    string? KeyB = null, int? Distance = null);

/// <summary>What the audit found.</summary>
/// <param name="Leaks">The findings, those that stop the run first.</param>
/// <param name="FramesCompared">How many frames' perceptual hashes were compared.</param>
/// <param name="Options">How strict it was.</param>
public sealed record LeakReport(IReadOnlyList<Leak> Leaks, int FramesCompared, LeakAuditOptions Options)
{
    private const int Named = 3;

    /// <summary>Stops the run when a finding asks for it.</summary>
    /// <exception cref="UserErrorException">One line that names the first findings.</exception>
    public void ThrowIfAny()
    {
        var stopping = Leaks.Where(leak => leak.Stops).ToArray();
        if (stopping.Length == 0) return;
        var first = string.Join("; ", stopping.Take(Named).Select(leak => leak.What));
        var rest = stopping.Length > Named ? $"; and {stopping.Length - Named} more" : "";
        throw new UserErrorException(
            $"The data leak between roles or classes: {first}{rest}. Make the split again with 'datasets split', or remove the frames "
            + "named; 'datasets audit' lists all findings.");
    }
}

/// <summary>The ways in which test people can be known before the test, or a class be told by its path.</summary>
public enum LeakKind
{
    /// <summary>One person under two names, in two roles.</summary>
    Identity,

    /// <summary>A driver video that serves people of two roles, or shows a person of another role.</summary>
    Driver,

    /// <summary>One video, or one source file, with people of two roles.</summary>
    Video,

    /// <summary>One group (clips of one origin and encode) with people of two roles.</summary>
    Group,

    /// <summary>Two frames of different roles that look the same.</summary>
    NearDuplicate,

    /// <summary>Real and generated frames were cropped by different rules.</summary>
    CropSpecification,

    /// <summary>Real and generated frames have different sizes.</summary>
    Size,

    /// <summary>Real and generated frames went through different encoders.</summary>
    EncodePath,
}
