using System.Globalization;
namespace ForensicHeads.Experiments.Quality;

/// <summary>Measures every made frame of test people against the true frame it re-enacts, and the true frames themselves.</summary>
/// <param name="networks">What measures identity, landmarks and features.</param>
internal sealed class FrameMeasurer(FaceNetworks networks)
{
    // Equal pictures have no finite PSNR; 100 dB is far above anything an 8-bit picture that differs can reach.
    private const double MostDecibels = 100;

    /// <summary>All measures, in the order of the frames, whatever the number of cores.</summary>
    /// <param name="frames">True and made frames of test people. Frames of a swapped vector and of the writer alone are left out: they
    /// re-enact nobody, or are the truth.</param>
    /// <param name="plans">Where the gallery's frames come from, by person.</param>
    /// <param name="progress">Counts people.</param>
    /// <param name="cancellation">Stops between people.</param>
    public MeasuredQuality Measure(IReadOnlyList<ExperimentFrame> frames, IReadOnlyDictionary<string, PersonPlan> plans,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var people = frames.Where(frame => !frame.Origin.Is<SwappedEmbedding>() && !frame.Origin.Is<Passthrough>())
            .GroupBy(frame => frame.Record.Identity, StringComparer.Ordinal)
            .OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => person.ToArray()).ToArray();
        var swapped = frames.Where(frame => frame.Origin.Is<SwappedEmbedding>()).ToArray();
        var threads = TorchRuntime.Threads;
        TorchRuntime.Threads = 1;
        try
        {
            var gallery = networks.Judge is null ? null
                : PersonGallery.Make(networks.Judge, [.. people.Select(person => plans[person[0].Record.Identity])], cancellation);
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
                Models = new QualityModels(networks.Judge?.Name, networks.Finder?.Name, networks.Features?.Name,
                    gallery is { Vectors.Count: > 1 } ? 1.0 / gallery.Vectors.Count : null),
                Notes = [.. networks.Notes, .. Notes(gallery)],
                Swap = gallery is null || networks.Judge is null ? null : SwapIdentity.Of(networks.Judge, gallery.Vectors, swapped, items),
            };
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }

    private QualityItem[] Person(ExperimentFrame[] frames, IdentityGallery? gallery)
    {
        // What re-enacts no true frame cannot be measured against one.
        var drivers = frames.Where(frame => frame.IsReal).Select(frame => frame.Driver).ToHashSet(StringComparer.Ordinal);
        frames = [.. frames.Where(frame => drivers.Contains(frame.Driver))];
        var pictures = Array.ConvertAll(frames, frame => frame.Read());
        var truth = Enumerable.Range(0, frames.Length).Where(i => frames[i].IsReal).ToDictionary(i => frames[i].Driver, i =>
            pictures[i], StringComparer.Ordinal);
        var found = networks.Finder?.Find(pictures);
        var foundInTruth = found is null ? []
            : Enumerable.Range(0, frames.Length).Where(i => frames[i].IsReal && found[i] is not null)
            .ToDictionary(i => frames[i].Driver, i => found[i]!.Points, StringComparer.Ordinal);
        // What the judge looks at is cut out along the landmarks of the picture itself: a copied shot has another pose than its driver.
        var vectors = gallery is null ? null
            : networks.Judge!.Embed(
                [.. pictures.Select((picture, i) => new Shot(picture, FaceOutline.Of(found?[i]?.Points, frames[i].Record.Landmarks)))]);
        var features = networks.Features?.Of(pictures);
        return [.. frames.Select((frame, i) =>
        {
            var (record, person) = (frame.Record, frame.Record.Identity);
            return new QualityItem
            {
                Identity = person,
                Driver = frame.Driver,
                Origin = frame.Origin,
                Ssim = frame.IsReal ? null : ImageSimilarity.Ssim(truth[frame.Driver], pictures[i]),
                Psnr = frame.IsReal ? null : Math.Min(MostDecibels, ImageSimilarity.Psnr(truth[frame.Driver], pictures[i])),
                IdentitySimilarity = gallery?.Similarity(person, vectors![i]),
                Retrieved = gallery is { Count: > 1 } ? gallery.Finds(person, vectors![i]) : null,
                FaceFound = found is null ? null : found[i] is not null,
                Nme = found?[i] is { } points ? LandmarkError.Of(points.Points, record.Landmarks) : null,
                NmeRedetected = !frame.IsReal && found?[i] is { } made && foundInTruth.TryGetValue(frame.Driver, out var seen)
                    ? LandmarkError.Between(made.Points, seen, record.Landmarks) : null,
                Features = features?[i],
            };
        })];
    }

    private static IEnumerable<string> Notes(PersonGallery? gallery)
    {
        if (gallery is null) yield break;
        if (gallery.Alone.Count > 0) yield return string.Create(CultureInfo.InvariantCulture,
            $"Identity was not measured for {gallery.Alone.Count} of {gallery.Alone.Count + gallery.Vectors.Count} test people, who have "
            + $"one video only ({gallery.Alone[0]}{(gallery.Alone.Count > 1 ? ", …" : "")}).");
        if (gallery.WithShots.Count > 0) yield return string.Create(CultureInfo.InvariantCulture,
            $"Identity: for {gallery.WithShots.Count} of {gallery.Alone.Count + gallery.Vectors.Count} test people the gallery holds "
            + $"other frames of the video that the shots came from, for want of a third video; that flatters every method, copies most.");
    }
}

/// <summary>What was measured on the frames of all test people.</summary>
internal sealed record MeasuredQuality
{
    /// <summary>One entry a frame.</summary>
    public required IReadOnlyList<QualityItem> Items { get; init; }

    /// <summary>What measured them.</summary>
    public required QualityModels Models { get; init; }

    /// <summary>What was left out or is crude, in sentences for the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the judge says of swapped vectors; null where not measured.</summary>
    public SwapIdentity? Swap { get; init; }
}

/// <summary>The landmarks along which a face is cut out for the judge.</summary>
internal static class FaceOutline
{
    // Eyes to chin in units of the driver's; less is a face that collapsed, which cannot be turned upright.
    private const double LeastHeight = 0.25;

    /// <summary>The found ones where they span a face, else the driver's.</summary>
    public static Landmarks68 Of(Landmarks68? found, Landmarks68 driver) =>
        found is not null && found.Values.All(float.IsFinite) && Height(found) >= LeastHeight * Height(driver) ? found : driver;

    private static double Height(Landmarks68 face)
    {
        var (x, y) = (0.0, 0.0);
        for (var i = 36; i < 48; i++) (x, y) = (x + (face[i].X / 12.0), y + (face[i].Y / 12.0));
        return Math.Sqrt(Math.Pow(face[8].X - x, 2) + Math.Pow(face[8].Y - y, 2));
    }
}

/// <summary>Identity similarity when ê is swapped between two people: of A's landmarks with B's vector, to A and to B.</summary>
/// <param name="OwnToSelf">A's vector, to A.</param>
/// <param name="SwappedToSelf">B's vector, to A: lower, where ê holds the person.</param>
/// <param name="SwappedToOther">B's vector, to B.</param>
internal sealed record SwapIdentity(double OwnToSelf, double SwappedToSelf, double SwappedToOther)
{
    /// <summary>Means over pairs; null without any.</summary>
    /// <param name="judge">Embeds the swapped frames, along the driver's landmarks.</param>
    /// <param name="gallery">Mean vectors of people.</param>
    /// <param name="swapped">Frames that show one person (their identity) on another's landmarks (their driver video).</param>
    /// <param name="measured">The other frames, as measured.</param>
    public static SwapIdentity? Of(IFaceIdentity judge, IdentityGallery gallery, IReadOnlyList<ExperimentFrame> swapped,
        IReadOnlyList<QualityItem> measured)
    {
        var drivers = measured.Where(item => item.Origin.IsReal).GroupBy(item => item.Driver)
            .ToDictionary(group => group.Key, group => group.First().Identity, StringComparer.Ordinal);
        var most = measured.Where(item => item.Origin.Method == Method.Ff).Max(item => item.Origin.Shots);
        var own = measured.Where(item =>
            item.Origin.Method == Method.Ff && item.Origin.Shots == most && item.IdentitySimilarity is not null)
            .GroupBy(item => item.Identity, StringComparer.Ordinal)
            .ToDictionary(person => person.Key, person => person.Average(item => item.IdentitySimilarity!.Value), StringComparer.Ordinal);
        var pairs = swapped.GroupBy(frame =>
            (Self: drivers.GetValueOrDefault(frame.Driver) ?? "", Other: frame.Record.Identity))
            .Where(pair => own.ContainsKey(pair.Key.Self) && gallery.Holds(pair.Key.Self) && gallery.Holds(pair.Key.Other))
            .OrderBy(pair => pair.Key.Self, StringComparer.Ordinal).Select(pair =>
            {
                var vectors = judge.Embed([.. pair.Select(frame => new Shot(frame.Read(), frame.Record.Landmarks))]);
                return (Own: own[pair.Key.Self], ToSelf: vectors.Average(vector => gallery.Similarity(pair.Key.Self, vector)!.Value),
                    ToOther: vectors.Average(vector => gallery.Similarity(pair.Key.Other, vector)!.Value));
            }).ToArray();
        return pairs.Length == 0 ? null
            : new SwapIdentity(pairs.Average(pair => pair.Own), pairs.Average(pair => pair.ToSelf), pairs.Average(pair => pair.ToOther));
    }
}

/// <summary>The gallery: every test person by the mean identity vector of true frames from another video than the drivers'.</summary>
/// <param name="Vectors">The mean vectors.</param>
/// <param name="Alone">People with one video, who are not in it.</param>
/// <param name="WithShots">People whose only other video is the one that the shots came from; the shots themselves were left out.</param>
internal sealed record PersonGallery(IdentityGallery Vectors, IReadOnlyList<string> Alone, IReadOnlyList<string> WithShots)
{
    private const int MostFrames = 32;

    /// <summary>Embeds up to 32 frames a person, evenly spread.</summary>
    public static PersonGallery Make(IFaceIdentity judge, IReadOnlyList<PersonPlan> plans, CancellationToken cancellation)
    {
        var vectors = new Dictionary<string, IReadOnlyList<float[]>>(StringComparer.Ordinal);
        var (alone, withShots) = (new List<string>(), new List<string>());
        foreach (var plan in plans)
        {
            cancellation.ThrowIfCancellationRequested();
            var (frames, sharesVideo) = Frames(plan);
            if (frames.Count == 0) alone.Add(plan.Plan.Identity);
            else vectors[plan.Plan.Identity] = judge.Embed(frames);
            if (sharesVideo) withShots.Add(plan.Plan.Identity);
        }

        return new PersonGallery(new IdentityGallery(vectors), alone, withShots);
    }

    private static (IReadOnlyList<Shot> Frames, bool SharesVideo) Frames(PersonPlan plan)
    {
        var shots = plan.Plan.Draws.SelectMany(draw => draw.Shots).ToArray();
        var (keys, videos) = (shots.Select(shot => shot.Key).ToHashSet(StringComparer.Ordinal),
            shots.Select(shot => shot.Video).ToHashSet(StringComparer.Ordinal));
        var drivers = plan.Plan.DriverFrames.Select(frame => frame.Video).ToHashSet(StringComparer.Ordinal);
        var others = plan.RealFrames().Where(frame => !drivers.Contains(frame.Video)).ToArray();
        var untouched = others.Where(frame => !videos.Contains(frame.Video)).ToArray();
        FrameRecord[] chosen = untouched.Length > 0 ? untouched : [.. others.Where(frame => !keys.Contains(frame.Key))];
        var kept = Math.Min(MostFrames, chosen.Length);
        return (plan.Decode(Enumerable.Range(0, kept).Select(i => chosen[i * chosen.Length / kept])), untouched.Length == 0 && kept > 0);
    }
}

/// <summary>The networks that measure frames: judge of identity, landmark finder, features. Any of them may be missing; its measures are
/// then undefined.</summary>
public sealed record FaceNetworks : IDisposable
{
    /// <summary>The judge of identity, which no loss has used.</summary>
    public IFaceIdentity? Judge { get; init; }

    /// <summary>What the detectors that know the person know people by: the judge, where no other is named.</summary>
    public IFaceIdentity? Recogniser { get; init; }

    /// <summary>Finds landmarks again in made frames.</summary>
    public ILandmarkFinder? Finder { get; init; }

    /// <summary>What KID and FID are taken in.</summary>
    public IFrameFeatures? Features { get; init; }

    /// <summary>Hashes of the weights, for the report.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    /// <summary>What is missing or must be known beside the numbers, in sentences for the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Loads what the configuration names.</summary>
    /// <param name="source">Names of shipped weights, or paths.</param>
    /// <param name="size">Side of the experiment's frames in pixels; networks of ours measure nothing below their own size, since frames
    /// are never enlarged for them.</param>
    /// <param name="procedural">Whether the people are rendered, as those were that the shipped networks learnt from.</param>
    /// <param name="compute">Where, and in which numbers, networks of ours run; null for the CPU in float32. Those of others stay
    /// there.</param>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="Foundation.UserErrorException">Named weights are missing, damaged or of another network.</exception>
    public static FaceNetworks Load(QualitySource source, int size, bool procedural, Compute? compute = null, string? modelsFolder = null)
    {
        var place = compute ?? Compute.Cpu;
        var published = source.Judge is null ? null : RecogniserDesign.Find(source.Judge);
        var own = source.Judge is null || published is not null ? null : OwnJudge(source.Judge);
        var finder = source.Landmarks is null ? null : LandmarkFinder.Load(ShippedFaces.PathOf(source.Landmarks, size));
        finder?.To(place);
        int[] sides = [.. own is null ? [] : new[] { own.Size }, .. finder is null ? [] : new[] { finder.Size }];
        if (sides.Any(side => size < side))
        {
            own?.Dispose();
            finder?.Dispose();
            (own, finder) = (null, null);
        }

        var judge = published is null ? (IFaceIdentity?)own : FaceRecogniser.Load(published, modelsFolder);
        var other = source.Recogniser is null || source.Recogniser == source.Judge ? null : Recognisers(source.Recogniser);
        return new FaceNetworks
        {
            Judge = judge,
            Recogniser = other ?? judge,
            Finder = finder,
            Features = own is null ? null : new JudgeFeatures(own),
            Facts = [.. judge is null ? [] : new[] { new ReportFact("judge of identity", judge.Sha256) },
                .. other is null ? [] : new[] { new ReportFact("recogniser of person", other.Sha256) }, .. finder is null ? []
                : new[] { new ReportFact("landmark finder", finder.Sha256) }],
            Notes = [.. Said(source, size, procedural, published, sides)],
        };

        IFaceIdentity? Recognisers(string name)
        {
            if (RecogniserDesign.Find(name) is { } design) return FaceRecogniser.Load(design, modelsFolder);
            var network = OwnJudge(name);
            if (size >= network.Size) return network;
            network.Dispose();
            return null;
        }

        FaceIdentity OwnJudge(string name)
        {
            var network = FaceIdentities.Load(IdentityDesign.Judge.Kind, ShippedFaces.PathOf(name, size));
            network.To(place);
            return network;
        }
    }

    // Sides are those of our own networks.
    private static IEnumerable<string> Said(QualitySource source, int size, bool procedural, RecogniserDesign? published, int[] sides)
    {
        var reduces = sides.Length > 0 && size >= sides.Max();
        if (sides.Length > 0 && !reduces)
        {
            yield return $"{(published is null ? "Identity, landmarks" : "Landmarks")}, KID and FID were not measured: frames of {size} px "
                + $"are smaller than the {sides.Max()} px that the face networks take, and frames are never enlarged.";
        }
        else
        {
            if (source.Judge is null) yield return "Identity, KID and FID were not measured: the experiment file names no judge.";
            if (source.Landmarks is null)
                yield return "Landmark errors were not measured: the experiment file names no landmark finder.";
            if (published is not null)
                yield return $"KID and FID were not measured: {published.Name} is a recogniser of others and gives no features.";
        }

        var recogniser = source.Recogniser is null ? null : RecogniserDesign.Find(source.Recogniser);
        foreach (var one in new[] { published, recogniser }.OfType<RecogniserDesign>().Distinct())
        {
            if (size < one.LeastFrame) yield return
                $"{one.Name} takes faces as large as in frames of about {one.LeastFrame} px: those of {size} px were enlarged for it, and "
                + "it tells people apart less well than it can.";
            if (procedural) yield return
                $"{one.Name} learnt from filmed people: on rendered heads its identities compare methods at best.";
        }

        if (!procedural && source.Judge is not null && source.Recogniser is null) yield return
            "Identity is judged by the network that the detector person knows people by; \"recogniser\" of \"quality\" names another.";
        if (reduces && size > sides.Min())
            yield return $"The face networks saw frames reduced from {size} to {sides.Min()} px by the area filter.";
        if (!procedural && reduces)
            yield return published is null
                ? "The face networks learnt from rendered heads alone: on filmed people identity, landmark errors, KID and FID compare "
                + "methods at best, and the row of the true frames says how far they can be trusted."
                : "The landmark finder learnt from rendered heads alone: on filmed people landmark errors compare methods at best.";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Judge?.Dispose();
        if (!ReferenceEquals(Judge, Recogniser)) Recogniser?.Dispose();
        Finder?.Dispose();
    }
}
