namespace ForensicHeads.Experiments.Quality;

/// <summary>The networks that measure frames: judge of identity, landmark finder, features. Any of them may be missing; its measures are then undefined.</summary>
public sealed record FaceNetworks : IDisposable
{
    /// <summary>The judge of identity, which no loss has used.</summary>
    public IFaceIdentity? Judge { get; init; }

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
    /// <param name="size">Side of the experiment's frames in pixels; below the networks' own size nothing is measured, since frames are never enlarged.</param>
    /// <param name="procedural">Whether the people are rendered, as those were that the shipped networks learnt from.</param>
    /// <exception cref="Foundation.UserErrorException">Named weights are missing, damaged or of another network.</exception>
    public static FaceNetworks Load(QualitySource source, int size, bool procedural)
    {
        if (size < FaceIdentity.NetworkSize)
            return new FaceNetworks { Notes = [$"Identity, landmarks, KID and FID were not measured: frames of {size} px are smaller than the {FaceIdentity.NetworkSize} px that the face networks take, and frames are never enlarged."] };
        var judge = source.Judge is null ? null : FaceIdentities.Load(IdentityDesign.Judge, PathOf(source.Judge));
        var finder = source.Landmarks is null ? null : LandmarkFinder.Load(PathOf(source.Landmarks));
        return new FaceNetworks
        {
            Judge = judge,
            Finder = finder,
            Features = judge is null ? null : new JudgeFeatures(judge),
            Facts = [.. judge is null ? [] : new[] { new ReportFact("judge of identity", judge.Sha256) }, .. finder is null ? [] : new[] { new ReportFact("landmark finder", finder.Sha256) }],
            Notes =
            [
                .. judge is null ? ["Identity, KID and FID were not measured: the experiment file names no judge."] : Array.Empty<string>(),
                .. finder is null ? ["Landmark errors were not measured: the experiment file names no landmark finder."] : Array.Empty<string>(),
                .. size > FaceIdentity.NetworkSize && (judge is not null || finder is not null) ? [$"The face networks saw frames reduced from {size} to {FaceIdentity.NetworkSize} px by the area filter."] : Array.Empty<string>(),
                .. !procedural && (judge is not null || finder is not null) ? ["The face networks learnt from rendered heads alone: on filmed people identity, landmark errors, KID and FID compare methods at best, and the row of the true frames says how far they can be trusted."] : Array.Empty<string>(),
            ],
        };
    }

    // What lies in the working folder under a shipped name must not stand in for what is shipped.
    private static string PathOf(string nameOrPath) => ShippedWeights.Find(nameOrPath) ?? ShippedWeights.Resolve(nameOrPath);

    /// <inheritdoc/>
    public void Dispose()
    {
        Judge?.Dispose();
        Finder?.Dispose();
    }
}
