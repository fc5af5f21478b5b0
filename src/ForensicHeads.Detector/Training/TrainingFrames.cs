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
                    $"{store.Path} holds no {label.Text()} frames, so --{label.Text()} cannot name it; it holds {store.Frames.Count} "
                    + "others.", exitCode: 2);
                if (!mine.Any(frame => request.Split.RoleOf(frame.Identity) is not null))
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
        let role = request.Split.RoleOf(record.Identity)
        where role is not null && Roles.Contains(role.Value)
        select new StoreFrame(store, record, role.Value);

    /// <summary>The training frames once more, each under a condition drawn for it by its name alone; both classes alike.</summary>
    public static IEnumerable<StoreFrame> Augmented(IEnumerable<StoreFrame> frames, long seed)
    {
        var conditions = FrameConditions.OfPixels.All.Where(condition => condition.Name != FrameConditions.Clean).ToArray();
        foreach (var frame in frames.Where(frame => frame.Role == SplitRole.Train))
        {
            var drawn = new SeededRandom(seed, $"augment/{frame.Record.Key}/{frame.Record.Origin.Generator}");
            yield return frame with { Condition = conditions[drawn.NextInt(conditions.Length)] };
        }
    }
}

/// <summary>One frame that a training reads.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Record">Its row.</param>
/// <param name="Role">Train, validation or calibration.</param>
/// <param name="Condition">What is done to its pixels first; null for nothing.</param>
internal sealed record StoreFrame(FrameStore Store, FrameRecord Record, SplitRole Role, IPixelCondition? Condition = null)
{
    /// <summary>The picture as the features see it: the condition acts on the crop, then one area filter reduces it.</summary>
    public RgbImage Read(int size)
    {
        var crop = Store.ReadImage(Record);
        if (Condition is not null) crop = Condition.Apply(crop, Record.Key, Record.Video);
        return ImageResize.Area(crop, size, size);
    }
}
