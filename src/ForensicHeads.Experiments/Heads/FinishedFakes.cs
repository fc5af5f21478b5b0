namespace ForensicHeads.Experiments.Heads;

/// <summary>Fakes that were made elsewhere and ingested: rows of one generator in a store.</summary>
/// <param name="Title">The generator.</param>
/// <param name="Store">The store.</param>
internal sealed record FinishedFakes(string Title, FrameStore Store)
{
    /// <summary>Opens the fakes of a generator.</summary>
    /// <exception cref="UserErrorException">No store, or none of that generator in it.</exception>
    public static FinishedFakes Open(string path, string generator)
    {
        var store = FrameStore.Open(path);
        string[] known = [.. store.Frames.Select(frame => frame.Origin.Generator).OfType<string>().Distinct(StringComparer.Ordinal)];
        return known.Contains(generator) ? new FinishedFakes(generator, store) : throw new UserErrorException(
            $"{path} holds no fakes of '{generator}'; its generators are "
            + $"{(known.Length == 0 ? "none" : string.Join(", ", known.Order()))}.");
    }

    /// <summary>Whether a clip was driven by the tested frames of a person, some of them at least.</summary>
    public static bool IsDrivenBy(PersonPlan plan, IEnumerable<FrameRecord> clip)
    {
        var drivers = Drivers(plan);
        return clip.Any(frame => drivers.Contains(Driver(frame)));
    }

    /// <summary>Refuses fakes that were cut out or encoded otherwise than the true frames, or are smaller than what is tested.</summary>
    /// <param name="real">The store of true frames.</param>
    /// <param name="size">Side of the tested frames in pixels.</param>
    public void CheckBeside(FrameStore real, int size)
    {
        var (own, other) = (Store.Info, real.Info);
        if (own.Size >= size && own.CropSpecification == other.CropSpecification && own.EncodePath == other.EncodePath) return;
        throw new UserErrorException(
            $"{Store.Path} ({own.Size} px, '{own.CropSpecification}', {own.EncodePath}) was not made like {real.Path} ({other.Size} px, "
            + $"'{other.CropSpecification}', {other.EncodePath}), so a detector would learn how they were made. Ingest both with one crop, "
            + $"at {size} px or more.");
    }

    /// <summary>What is tested of a person: of every clip as many frames in a row as a driver clip has, the drivers' own where the fakes
    /// were driven by them.</summary>
    /// <param name="plan">Whose.</param>
    /// <param name="most">Frames of a clip.</param>
    public IReadOnlyList<FrameRecord> Of(PersonPlan plan, int most)
    {
        var drivers = Drivers(plan);
        return [.. Store.FramesOf(plan.Plan.Identity).Where(frame => frame.Origin.Generator == Title)
            .GroupBy(frame => (frame.Video, frame.Track, frame.Origin)).OrderBy(clip => clip.Key.Video, StringComparer.Ordinal)
            .ThenBy(clip => clip.Key.Track).ThenBy(clip => clip.Key.Origin.Shots).ThenBy(clip => clip.Key.Origin.Draw)
            .SelectMany(clip =>
            {
                FrameRecord[] all = [.. clip.OrderBy(frame => frame.FrameNumber)];
                FrameRecord[] same = [.. all.Where(frame => drivers.Contains(Driver(frame)))];
                var from = same.Length > 0 ? same : all;
                return from.Skip(Math.Max(0, (from.Length - most) / 2)).Take(most);
            })];
    }

    private static HashSet<(string Video, int Frame)> Drivers(PersonPlan plan) =>
        [.. plan.DriverRecords.Select(frame => (frame.Video, frame.FrameNumber))];

    private static (string Video, int Frame) Driver(FrameRecord fake) => (fake.DriverVideo ?? "", fake.DriverFrame ?? -1);
}
