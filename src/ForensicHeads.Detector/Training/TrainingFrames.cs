namespace ForensicHeads.Detector.Training;

/// <summary>Chooses the frames of a training.</summary>
internal static class TrainingFrames
{
    private static readonly SplitRole[] Roles = [SplitRole.Train, SplitRole.Validation, SplitRole.Calibration];

    /// <summary>The frames of the three roles, real and generated, in the order of the stores.</summary>
    /// <exception cref="UserErrorException">A store holds nothing of its class, or the split names nobody of it, or a class has no training
    /// people.</exception>
    public static IReadOnlyList<StoreFrame> Of(TrainingRequest request)
    {
        var frames = new List<StoreFrame>();
        foreach (var (stores, label) in new[] { (request.Real, Label.Real), (request.Generated, Label.Generated) })
        {
            foreach (var store in stores.DistinctBy(store => store.Path, StringComparer.Ordinal))
            {
                var mine = store.Frames.Where(frame => frame.Origin.Label == label).ToArray();
                if (mine.Length == 0) throw new UserErrorException(
                    $"{store.Path} holds no {label.Text()} frames, so --{label.Text()} cannot name it; it holds {store.Count} "
                    + "others.", exitCode: 2);
                if (!mine.Any(frame => request.Split.RoleOf(frame) is not null))
                {
                    throw new UserErrorException(
                        $"The split {request.Split.Name} names none of the people in {store.Path} ('{mine[0].Identity}' is one of them). "
                            + "Draw one over all stores: datasets split "
                            + $"{string.Join(' ', request.Stores.Select(one => Path.GetFileName(one.Path)))} --generator 0.");
                }

                frames.AddRange(Chosen(store, mine, request));
            }

            if (!frames.Any(frame => frame.Record.Origin.Label == label && frame.Role == SplitRole.Train))
            {
                throw new UserErrorException(
                    $"None of the split's training people has {label.Text()} frames in the stores, and a detector needs both classes. "
                        + "Draw the split over all stores with 'datasets split', or name more stores.");
            }
        }

        return frames;
    }

    private static IEnumerable<StoreFrame> Chosen(FrameStore store, FrameRecord[] mine, TrainingRequest request) =>
        from video in mine.GroupBy(frame => (frame.Video, frame.Origin))
        from record in Evenly.Spread<FrameRecord>(
            [.. video.OrderBy(frame => frame.FrameNumber).ThenBy(frame => frame.Track)], request.FramesPerVideo)
        let role = request.Split.RoleOf(record)
        where role is not null && Roles.Contains(role.Value)
        select new StoreFrame(store, record, role.Value);

    /// <summary>What a user should know of the copies.</summary>
    public static IEnumerable<string> Remarks(TeachingCopies copies, IReadOnlyList<StoreFrame> frames)
    {
        StoreFrame[] more = [.. frames.Where(frame => frame.CopyOf is not null)];
        if (more.Length > 0) yield return
            $"{more.Length} frames of copies taught, too ({string.Join(", ", copies.Names)}): "
            + $"{more.Count(frame => frame.CopyOf!.Record.IsReal && !frame.Record.IsReal)} of pseudo-fakes, "
            + $"{more.Count(frame => frame.CopyOf!.Record.Origin.Label == frame.Record.Origin.Label)} of changed clips";
        if (copies.Has(TeachingCopies.Changed) && !copies.Has(TeachingCopies.Recompressed)) yield return
            "H.264 was left out of the changes, since it needs successive frames; --copies recompressed has it";
    }

    /// <summary>Copies of the training clips, which stand where their clips stand.</summary>
    /// <param name="frames">The frames of the training.</param>
    /// <param name="copies">Which copies.</param>
    /// <param name="folder">Where their stores are put.</param>
    /// <param name="progress">Counts clips.</param>
    /// <param name="cancellation">Stops between clips.</param>
    public static IEnumerable<StoreFrame> Copies(IReadOnlyList<StoreFrame> frames, TeachingCopies copies, string folder,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var clips = frames.Where(frame => frame.Role == SplitRole.Train).GroupBy(frame => frame.Clip, StringComparer.Ordinal)
            .ToDictionary(clip => clip.Key, clip => clip.ToArray(), StringComparer.Ordinal);
        return copies
            .Of([.. clips.Select(clip => new TeachingClip(clip.Key, clip.Value[0].Store, [.. clip.Value.Select(frame => frame.Record)]))],
                folder, progress, cancellation)
            .SelectMany(copy => copy.Frames.Select(record =>
                new StoreFrame(copy.Store, record, SplitRole.Train) { CopyOf = clips[copy.Of][0] }));
    }
}

/// <summary>One frame that a training reads.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Record">Its row.</param>
/// <param name="Role">Train, validation or calibration.</param>
internal sealed record StoreFrame(FrameStore Store, FrameRecord Record, SplitRole Role)
{
    /// <summary>For a frame of a copy, a frame of the clip that was copied; null for a frame as it came.</summary>
    public StoreFrame? CopyOf { get; init; }

    /// <summary>Name of its clip, or of the clip that it is a copy of.</summary>
    public string Clip => CopyOf?.Clip ?? ClipName.Of(Store.Info, Record);

    /// <summary>The picture as the features see it: one area filter reduces the crop.</summary>
    public RgbImage Read(int size) => ImageResize.Area(Store.ReadImage(Record), size, size);
}
