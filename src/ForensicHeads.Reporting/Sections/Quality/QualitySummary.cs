namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>From measured frames to the rows of the quality table, the paired comparisons, and the values of each person.</summary>
public sealed class QualitySummary
{
    private readonly Dictionary<QualityKind, MeasuredKind> kinds;
    private readonly QualityModels models;
    private readonly int frames;

    /// <summary>Sums up.</summary>
    /// <param name="items">Frames of test people, the true ones among them.</param>
    /// <param name="models">What measured them.</param>
    public QualitySummary(IReadOnlyList<QualityItem> items, QualityModels models)
    {
        this.models = models;
        var distances = new QualityDistances(items);
        frames = distances.Frames;
        kinds = items.GroupBy(QualityKind.Of).ToDictionary(kind => kind.Key, kind => new MeasuredKind(
            [.. kind.GroupBy(item => item.Identity, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
                .Select(person =>
                {
                    var (kid, fid) = distances.Without(kind.Key, person.Key);
                    return PersonQuality.Of([.. person]) with { KidWithout = kid, FidWithout = fid };
                })],
            distances.Of(kind.Key)));
    }

    private IEnumerable<QualityKind> Kinds => QualityKind.Order(kinds.Keys, kind => kind);

    /// <summary>One row for each way of making frames; means over people, with t intervals over people unless said otherwise
    /// there.</summary>
    public IReadOnlyList<GenerationRow> Rows() => [.. Kinds.Select(Row)];

    /// <summary>Paired differences over people: see <see cref="QualityComparisons"/>.</summary>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public IReadOnlyList<ComparisonRow> Comparisons(long seed) => QualityComparisons.Of(kinds, seed);

    /// <summary>quality.csv: the values of each person, from which every mean, interval and test can be computed again.</summary>
    public FigureTable PeopleTable() => FigureTable.Of(
        "quality",
        ["mode", "shots", "arm", "identity", "frames", "ssim", "psnr", "identity_similarity", "retrieved", "queried", "nme", "nme_failures",
            "nme_worst", "nme_redetected", "kid_without", "fid_without"],
        Kinds.SelectMany(kind => kinds[kind].People.Select(person => new object?[]
        {
            kind.Mode, kind.Shots, kind.Arm, person.Identity, person.Frames, person.Ssim, person.Psnr, person.IdentitySimilarity,
                person.Retrieved, person.Queried, person.Nme, person.NmeFailures, person.NmeWorst, person.NmeRedetected,
                person.KidWithout, person.FidWithout,
        })));

    /// <summary>Reads what <see cref="PeopleTable"/> gives; values that an older file does not have are null.</summary>
    /// <exception cref="UserErrorException">A column is missing, a cell is no finite number, or a person stands there twice.</exception>
    public static IReadOnlyDictionary<QualityKind, IReadOnlyList<PersonQuality>> ReadPeople(FigureTable table)
    {
        const string remedy = "Restore the file or run the experiment again.";
        return Enumerable.Range(0, table.Rows.Count).GroupBy(row => new QualityKind(
                Method.Of(table.Text(row, "mode")), (int?)Number(row, "shots"), OriginText.ArmOf(table.Text(row, "arm"))))
            .ToDictionary(kind => kind.Key, IReadOnlyList<PersonQuality> (kind) =>
            {
                PersonQuality[] people = [.. kind.Select(Person)];
                return people.DistinctBy(person => person.Identity).Count() == people.Length ? people : throw new UserErrorException(
                    $"{table.Name}.csv has a person twice among {kind.Key.Mode} {kind.Key.Shots}. {remedy}");
            });

        PersonQuality Person(int row) => new(
            table.Text(row, "identity"), Whole(row, "frames"), Number(row, "ssim"), Number(row, "psnr"), Number(row, "identity_similarity"),
            Whole(row, "retrieved"), Whole(row, "queried"), Number(row, "nme"), (int?)Number(row, "nme_failures"),
            Number(row, "nme_worst"), Later(row, "nme_redetected"))
        {
            KidWithout = Later(row, "kid_without"),
            FidWithout = Later(row, "fid_without"),
        };

        double? Later(int row, string column) => table.Columns.Contains(column) ? Number(row, column) : null;

        int Whole(int row, string column) => (int)(Number(row, column) ?? 0);

        double? Number(int row, string column)
        {
            var value = table.Number(row, column);
            return value is null || double.IsFinite(value.Value) ? value
                : throw new UserErrorException($"{table.Name}.csv, row {row + 2}, column {column}: {value} is not finite. {remedy}");
        }
    }

    private GenerationRow Row(QualityKind kind)
    {
        var (own, distances) = kinds[kind];
        Estimate Mean(Func<PersonQuality, double?> value) => PairedMean.Interval([.. own.Select(value).OfType<double>()]);
        var (ssim, psnr, identity, nme, worst) =
            (Mean(person => person.Ssim), Mean(person => person.Psnr), Mean(person => person.IdentitySimilarity),
            Mean(person => person.Nme), Mean(person => person.NmeWorst));
        var retrieval = ClusteredProportion.Share(own.Select(person => (person.Retrieved, person.Queried)));
        var redetected = Mean(person => person.NmeRedetected);
        var (kernel, frechet) = (distances?.Kid.Interval(), distances?.Fid.Interval());
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
            KidFrames = kernel?.Value is null ? null : frames,
            Fid = frechet?.Value,
            FidCiLow = frechet?.Low,
            FidCiHigh = frechet?.High,
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
    /// <summary>KID of the kind when this person is left out; null where the person has no part in it.</summary>
    public double? KidWithout { get; init; }

    /// <summary>Fréchet distance of the kind when this person is left out; null where the person has no part in it.</summary>
    public double? FidWithout { get; init; }

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
