namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>From measured frames to the rows of the quality table, the paired comparisons, and the values of each person.</summary>
public sealed class QualitySummary
{
    private readonly Dictionary<QualityKind, IReadOnlyList<PersonQuality>> people;
    private readonly QualityModels models;
    private readonly QualityDistances distances;

    /// <summary>Sums up.</summary>
    /// <param name="items">Frames of test people, the true ones among them.</param>
    /// <param name="models">What measured them.</param>
    public QualitySummary(IReadOnlyList<QualityItem> items, QualityModels models)
    {
        this.models = models;
        people = items.GroupBy(QualityKind.Of)
            .ToDictionary(kind => kind.Key, kind =>
                (IReadOnlyList<PersonQuality>)[.. kind.GroupBy(item => item.Identity, StringComparer.Ordinal)
            .OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => PersonQuality.Of([.. person]))]);
        distances = new QualityDistances(items);
    }

    private IEnumerable<QualityKind> Kinds => QualityKind.Order(people.Keys, kind => kind);

    /// <summary>One row for each way of making frames; means over people, with t intervals over people unless said otherwise
    /// there.</summary>
    public IReadOnlyList<GenerationRow> Rows() => [.. Kinds.Select(Row)];

    /// <summary>Paired differences over people: see <see cref="QualityComparisons"/>.</summary>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public IReadOnlyList<ComparisonRow> Comparisons(long seed) => QualityComparisons.Of(people, distances, seed);

    /// <summary>The values of each person, from which every mean, interval and test but those of KID and FID can be computed
    /// again.</summary>
    public FigureTable PeopleTable() => FigureTable.Of(
        "quality",
        ["mode", "shots", "arm", "identity", "frames", "ssim", "psnr", "identity_similarity", "retrieved", "queried", "nme", "nme_failures",
            "nme_worst", "nme_redetected"],
        Kinds.SelectMany(kind => people[kind].Select(person => new object?[]
        {
            kind.Mode, kind.Shots, kind.Arm, person.Identity, person.Frames, person.Ssim, person.Psnr, person.IdentitySimilarity,
                person.Retrieved, person.Queried, person.Nme, person.NmeFailures, person.NmeWorst, person.NmeRedetected,
        })));

    private GenerationRow Row(QualityKind kind)
    {
        var own = people[kind];
        Estimate Mean(Func<PersonQuality, double?> value) => PairedMean.Interval([.. own.Select(value).OfType<double>()]);
        var (ssim, psnr, identity, nme, worst) =
            (Mean(person => person.Ssim), Mean(person => person.Psnr), Mean(person => person.IdentitySimilarity),
            Mean(person => person.Nme), Mean(person => person.NmeWorst));
        var retrieval = ClusteredProportion.Share(own.Select(person => (person.Retrieved, person.Queried)));
        var redetected = Mean(person => person.NmeRedetected);
        var (kernel, frechet) = (distances.Kernel(kind)?.Interval(), distances.Frechet(kind));
        return new GenerationRow
        {
            Mode = kind.Mode,
            Shots = kind.Shots,
            Arm = kind.Arm,
            NIdentities = own.Count,
            NFrames = own.Sum(person => person.Frames),
            Ssim = ssim.Value,
            SsimCiLow = ssim.Low,
            SsimCiHigh = ssim.High,
            Psnr = psnr.Value,
            PsnrCiLow = psnr.Low,
            PsnrCiHigh = psnr.High,
            IdentitySimilarity = identity.Value,
            IdentitySimilarityCiLow = identity.Low,
            IdentitySimilarityCiHigh = identity.High,
            IdentityModel = identity.Value is null ? null : models.Identity,
            RetrievalTop1 = retrieval.Value,
            RetrievalTop1CiLow = retrieval.Low,
            RetrievalTop1CiHigh = retrieval.High,
            RetrievalChance = retrieval.Value is null ? null : models.Chance,
            Nme = nme.Value,
            NmeCiLow = nme.Low,
            NmeCiHigh = nme.High,
            NmeFailures = own.Any(person => person.NmeFailures is not null) ? own.Sum(person => person.NmeFailures ?? 0) : null,
            NmeWorst = worst.Value,
            NmeWorstCiLow = worst.Low,
            NmeWorstCiHigh = worst.High,
            NmeRedetected = redetected.Value,
            NmeRedetectedCiLow = redetected.Low,
            NmeRedetectedCiHigh = redetected.High,
            NmeModel = worst.Value is null ? null : models.Landmarks,
            Kid = kernel?.Value,
            KidCiLow = kernel?.Low,
            KidCiHigh = kernel?.High,
            KidFrames = kernel?.Value is null ? null : distances.Frames,
            Fid = frechet,
            FeatureNetwork = kernel?.Value is null ? null : models.Features,
        };
    }
}

/// <summary>The networks that measured the frames, by name; null for what was not measured.</summary>
/// <param name="Identity">The judge of identity.</param>
/// <param name="Landmarks">The landmark finder.</param>
/// <param name="Features">What KID and FID are computed in.</param>
/// <param name="Chance">Share of right answers by guessing in the retrieval: one over the people of the gallery.</param>
public sealed record QualityModels(string? Identity = null, string? Landmarks = null, string? Features = null, double? Chance = null);

/// <summary>Means over one person's frames of one kind. Undefined values are null.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Frames">Frames, over all draws.</param>
/// <param name="Ssim">Mean structural similarity.</param>
/// <param name="Psnr">Mean peak signal-to-noise ratio, dB.</param>
/// <param name="IdentitySimilarity">Mean cosine similarity.</param>
/// <param name="Retrieved">Frames whose nearest gallery person is this one.</param>
/// <param name="Queried">Frames that were looked up.</param>
/// <param name="Nme">Mean landmark error of the frames in which a face was found.</param>
/// <param name="NmeFailures">Frames in which none was found.</param>
/// <param name="NmeWorst">Mean landmark error with failures at <see cref="LandmarkError.Worst"/>, to which larger errors are cut as
/// well.</param>
/// <param name="NmeRedetected">Mean distance from the landmarks found in the true frames, over the frames in which a face was found in
/// both.</param>
public sealed record PersonQuality(string Identity, int Frames, double? Ssim, double? Psnr, double? IdentitySimilarity, int Retrieved,
    int Queried, double? Nme, int? NmeFailures, double? NmeWorst, double? NmeRedetected)
{
    /// <summary>Averages one person's frames.</summary>
    /// <param name="items">Frames of one person and one kind, at least one.</param>
    internal static PersonQuality Of(IReadOnlyCollection<QualityItem> items)
    {
        var looked = items.Where(item => item.FaceFound is not null).ToArray();
        return new PersonQuality(
            items.First().Identity,
            items.Count,
            items.Average(item => item.Ssim),
            items.Average(item => item.Psnr),
            items.Average(item => item.IdentitySimilarity),
            items.Count(item => item.Retrieved == true),
            items.Count(item => item.Retrieved is not null),
            looked.Average(item => item.Nme),
            looked.Length == 0 ? null : looked.Count(item => item.Nme is null),
            looked.Length == 0 ? null : looked.Average(item => LandmarkError.OrWorst(item.Nme)),
            items.Average(item => item.NmeRedetected));
    }
}
