namespace ForensicHeads.Experiments.Quality;

/// <summary>Measures every made frame of test people against the true frame it re-enacts, and the true frames themselves.</summary>
/// <param name="networks">What measures identity, landmarks and features.</param>
internal sealed class FrameMeasurer(FaceNetworks networks)
{
    // Equal pictures have no finite PSNR; 100 dB is far above anything an 8-bit picture that differs can reach.
    private const double MostDecibels = 100;

    /// <summary>All measures, in the order of the frames, whatever the number of cores.</summary>
    /// <param name="frames">True and made frames of test people. Frames of a swapped vector and of the writer alone are left out: they re-enact nobody, or are the truth.</param>
    /// <param name="plans">Where the gallery's frames come from, by person.</param>
    /// <param name="progress">Counts people.</param>
    /// <param name="cancellation">Stops between people.</param>
    public MeasuredQuality Measure(IReadOnlyList<ExperimentFrame> frames, IReadOnlyDictionary<string, PersonPlan> plans, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var people = frames.Where(frame => !frame.Origin.Is<SwappedEmbedding>() && !frame.Origin.Is<Passthrough>()).GroupBy(frame => frame.Record.Identity, StringComparer.Ordinal)
            .OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => person.ToArray()).ToArray();
        var swapped = frames.Where(frame => frame.Origin.Is<SwappedEmbedding>()).ToArray();
        var threads = TorchRuntime.Threads;
        TorchRuntime.Threads = 1;
        try
        {
            var gallery = networks.Judge is null ? null : PersonGallery.Make(networks.Judge, [.. people.Select(person => plans[person[0].Record.Identity])], cancellation);
            var measured = new QualityItem[people.Length][];
            var done = 0;
            ParallelLoop.Run(
                people.Length,
                i =>
                {
                    measured[i] = Person(people[i], gallery?.Vectors);
                    progress?.Report(new StepProgress("measuring frames", Interlocked.Increment(ref done), people.Length, "people"));
                },
                cancellation);
            var items = measured.SelectMany(person => person).ToArray();
            return new MeasuredQuality
            {
                Items = items,
                Models = new QualityModels(networks.Judge?.Name, networks.Finder?.Name, networks.Features?.Name, gallery is { Vectors.Count: > 1 } ? 1.0 / gallery.Vectors.Count : null),
                Notes = [.. networks.Notes, .. Notes(gallery)],
                Swap = gallery is null || networks.Judge is null ? null : SwapIdentity.Of(networks.Judge, gallery.Vectors, swapped, items),
            };
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }

    /// <summary>The driver frame of a true or made frame, by video and number.</summary>
    public static string DriverOf(FrameRecord record) => FormattableString.Invariant($"{record.DriverVideo ?? record.Video}#{record.FrameNumber:D6}");

    private QualityItem[] Person(ExperimentFrame[] frames, IdentityGallery? gallery)
    {
        // What re-enacts no true frame cannot be measured against one.
        var drivers = frames.Where(frame => frame.IsReal).Select(frame => DriverOf(frame.Record)).ToHashSet(StringComparer.Ordinal);
        frames = [.. frames.Where(frame => drivers.Contains(DriverOf(frame.Record)))];
        var pictures = Array.ConvertAll(frames, frame => frame.Read());
        var truth = Enumerable.Range(0, frames.Length).Where(i => frames[i].IsReal).ToDictionary(i => DriverOf(frames[i].Record), i => pictures[i], StringComparer.Ordinal);
        var found = networks.Finder?.FindAll(pictures);
        var foundInTruth = found is null ? [] : Enumerable.Range(0, frames.Length).Where(i => frames[i].IsReal && found[i] is not null).ToDictionary(i => DriverOf(frames[i].Record), i => found[i]!.Points, StringComparer.Ordinal);
        // What the judge looks at is cut out along the landmarks of the picture itself: a copied shot has another pose than its driver.
        var vectors = gallery is null ? null : networks.Judge!.Embed([.. pictures.Select((picture, i) => new Shot(picture, FaceOutline.Of(found?[i]?.Points, frames[i].Record.Landmarks)))]);
        var features = networks.Features?.Of(pictures);
        return [.. frames.Select((frame, i) =>
        {
            var (record, person) = (frame.Record, frame.Record.Identity);
            return new QualityItem
            {
                Identity = person,
                Driver = DriverOf(record),
                Origin = frame.Origin,
                Ssim = frame.IsReal ? null : ImageSimilarity.Ssim(truth[DriverOf(record)], pictures[i]),
                Psnr = frame.IsReal ? null : Math.Min(MostDecibels, ImageSimilarity.Psnr(truth[DriverOf(record)], pictures[i])),
                IdentitySimilarity = gallery?.Similarity(person, vectors![i]),
                Retrieved = gallery is { Count: > 1 } ? gallery.Finds(person, vectors![i]) : null,
                FaceFound = found is null ? null : found[i] is not null,
                Nme = found?[i] is { } points ? LandmarkError.Of(points.Points, record.Landmarks) : null,
                NmeRedetected = !frame.IsReal && found?[i] is { } made && foundInTruth.TryGetValue(DriverOf(record), out var seen) ? LandmarkError.Between(made.Points, seen, record.Landmarks) : null,
                Features = features?[i],
            };
        })];
    }

    private static IEnumerable<string> Notes(PersonGallery? gallery)
    {
        if (gallery is null) yield break;
        if (gallery.Alone.Count > 0) yield return FormattableString.Invariant($"Identity was not measured for {gallery.Alone.Count} of {gallery.Alone.Count + gallery.Vectors.Count} test people, who have one video only ({gallery.Alone[0]}{(gallery.Alone.Count > 1 ? ", …" : "")}).");
        if (gallery.WithShots.Count > 0) yield return FormattableString.Invariant($"Identity: for {gallery.WithShots.Count} of {gallery.Alone.Count + gallery.Vectors.Count} test people the gallery holds other frames of the video that the shots came from, for want of a third video; that flatters every method, copies most.");
    }
}
