using System.Globalization;

namespace ForensicHeads.Detector.Person;

/// <summary>What a recogniser's likeness is worth, from true clips of people against references of their own and of others; no fake had
/// a part in it. Comes with the toolkit as numbers.</summary>
public sealed record PersonCalibration
{
    /// <summary>References of each person.</summary>
    public const int References = 5;

    // References of one sitting are more alike than the person is from day to day, so the people at large count for many.
    private const double LargeWeight = 20;

    // Of all pairs of two people's references so many are nearer to each other than what passes for one person.
    private const double PassingStrangers = 0.01;

    /// <summary>The version that it was measured for, <see cref="EnrolledPerson.CurrentVersion"/>.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the recogniser.</summary>
    public required string Network { get; init; }

    /// <summary>SHA-256 over the hashes of its files.</summary>
    public required string NetworkSha256 { get; init; }

    /// <summary>People.</summary>
    public required int People { get; init; }

    /// <summary>Further people who were left out since their own references lie further apart than <see cref="Limit"/>.</summary>
    public required int PeopleRefused { get; init; }

    /// <summary>Those of the people who have several clips: they alone are questioned as themselves, by other clips than that of their
    /// references, since frames of one clip are more alike than the person is from day to day.</summary>
    public required int PeopleWithOtherClips { get; init; }

    /// <summary>How alike the references of a person are, at large.</summary>
    public required ReferenceSpread Spread { get; init; }

    /// <summary>The greatest cosine distance between two references that passes for one person: one of a hundred pairs of two people
    /// passes.</summary>
    public required double Limit { get; init; }

    /// <summary>Share of pairs of one person, from different clips, that are no further apart than <see cref="Limit"/>.</summary>
    public required double OwnWithinLimit { get; init; }

    /// <summary>AUC of the video scores, others against the person.</summary>
    public required double Auc { get; init; }

    /// <summary>Video scores to likelihood ratios; its "generated" videos are those of other people.</summary>
    public required VideoCalibrator Calibrator { get; init; }

    /// <summary>The one that comes with the toolkit.</summary>
    /// <exception cref="UserErrorException">It was measured for other weights or another version.</exception>
    public static PersonCalibration Of(RecogniserDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var name = $"{design.Name}.json";
        using var stream = typeof(PersonCalibration).Assembly.GetManifestResourceStream(name)
            ?? throw new UserErrorException($"The recogniser {design.Name} has no calibration. Choose another.");
        using var reader = new StreamReader(stream);
        var result = CanonicalJson.OfText<PersonCalibration>(reader.ReadToEnd(), name);
        return result.Version == EnrolledPerson.CurrentVersion && result.NetworkSha256 == design.Sha256 ? result
            : throw new UserErrorException(
                $"The calibration of {design.Name} is of other weights or of another version. Measure it again (docs/statistics.md).");
    }

    /// <summary>Measures it.</summary>
    /// <param name="design">The recogniser.</param>
    /// <param name="people">True clips: unit vectors in order of time. Everybody is questioned as everybody else, and who has several
    /// clips as themselves.</param>
    /// <exception cref="UserErrorException">Fewer than two people with several clips.</exception>
    public static PersonCalibration Fit(RecogniserDesign design, IReadOnlyList<PersonClips> people)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(people);
        var limit = LimitOf(people);
        // Whom 'detect enroll' would refuse nobody can be asked about.
        PersonClips[] enrolled = [.. people.Where(person => Own(person) is var own && (own.Length < 2
            || ShotConsistency.Check(own, limit).Holds))];
        var several = enrolled.Count(person => person.Clips.Count > 1);
        if (several < 2) throw new UserErrorException($"{several} people with several clips are too few to calibrate on; give at least 2.");
        var known = Array.ConvertAll(enrolled, person => new PersonReferences(Own(person)));
        var large = ReferenceSpread.Of(known);
        var spreads = Array.ConvertAll(known, one => large.For(one, LargeWeight));
        var scores = (from claimed in Enumerable.Range(0, enrolled.Length)
                      from shown in Enumerable.Range(0, enrolled.Length)
                      where claimed != shown || enrolled[shown].Clips.Count > 1
                      from clip in Questioned(enrolled[shown])
                      let frames = clip.Vectors.Select(vector => spreads[claimed].Score(known[claimed].Alike(vector))).ToArray()
                      select new VideoScore(enrolled[claimed].Identity, $"{clip.Name} as {enrolled[claimed].Identity}",
                          claimed == shown ? FrameOrigin.Real : FrameOrigin.MadeBy("impostor"), frames.Average(), 0, frames.Length))
            .ToArray();
        var calibrator = VideoCalibrator.Fit(scores);
        // More, or less, like the person than any clip here is no reason for doubt: from a copy to the opposite all is covered.
        calibrator = calibrator with
        {
            MinimumScore = Math.Min(calibrator.MinimumScore, large.Score(1)),
            MaximumScore = Math.Max(calibrator.MaximumScore, large.Score(-1)),
        };
        var own = (from person in enrolled.Where(person => person.Clips.Count > 1)
                   from one in Own(person)
                   from clip in Questioned(person)
                   from other in clip.Vectors
                   select 1 - FaceRetrieval.Cosine(one, other)).ToArray();
        return new PersonCalibration
        {
            Version = EnrolledPerson.CurrentVersion,
            Network = design.Name,
            NetworkSha256 = design.Sha256,
            People = enrolled.Length,
            PeopleRefused = people.Count - enrolled.Length,
            PeopleWithOtherClips = several,
            Spread = large,
            Limit = limit,
            OwnWithinLimit = own.Count(distance => distance <= limit) / (double)own.Length,
            Auc = Statistics.Auc.Compute([.. scores.Where(one => !one.Generated).Select(one => one.Score)],
                [.. scores.Where(one => one.Generated).Select(one => one.Score)])!.Value,
            Calibrator = calibrator,
        };
    }

    /// <summary>The spread that a person's scores are in.</summary>
    public ReferenceSpread SpreadOf(PersonReferences person) => Spread.For(person, LargeWeight);

    /// <summary>What it was measured on, and how well it did, in a sentence.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"calibrated on true clips of {People} people against {References} references of each other, and of {PeopleWithOtherClips} of "
        + $"them against their own from another clip (AUC {Auc:0.000}); log10 LR within {Calibrator.LowerBound:0.00} … "
        + $"{Calibrator.UpperBound:0.00}");

    private static double LimitOf(IReadOnlyList<PersonClips> people)
    {
        var distances = (from a in Enumerable.Range(0, people.Count)
                         from b in Enumerable.Range(0, a)
                         from one in Own(people[a])
                         from other in Own(people[b])
                         select 1 - FaceRetrieval.Cosine(one, other)).Order().ToArray();
        return distances.Length == 0 ? 0 : Math.Round(distances[(int)(PassingStrangers * distances.Length)], 3);
    }

    // Of the first clip, evenly spread.
    private static float[][] Own(PersonClips person)
    {
        var frames = person.Clips[0].Vectors;
        var kept = Math.Min(References, frames.Count);
        return [.. Enumerable.Range(0, kept).Select(i => frames[i * frames.Count / kept])];
    }

    private static IEnumerable<PersonClip> Questioned(PersonClips person) =>
        person.Clips.Count > 1 ? person.Clips.Skip(1) : person.Clips;
}

/// <summary>True clips of a person.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Clips">At least one; the references come from the first.</param>
public sealed record PersonClips(string Identity, IReadOnlyList<PersonClip> Clips);

/// <summary>A clip as a recogniser sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Vectors">Unit vectors in order of time.</param>
public sealed record PersonClip(string Name, IReadOnlyList<float[]> Vectors);
