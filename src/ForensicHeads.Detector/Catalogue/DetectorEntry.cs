namespace ForensicHeads.Detector.Catalogue;

/// <summary>What scores frames by their features.</summary>
public interface IFrameDetector : IDisposable
{
    /// <summary>Scores many rows.</summary>
    /// <param name="features">float32[n][columns].</param>
    /// <returns>float32[n]: logits, positive = generated.</returns>
    float[] Score(IReadOnlyList<float[]> features);

    /// <summary>Scores labelled rows into a table.</summary>
    IReadOnlyList<FrameScore> Score(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var scores = Score([.. rows.Select(row => row.Features)]);
        return [.. rows.Select((row, i) => FrameScore.Of(row, scores[i]))];
    }
}

/// <summary>
/// One detector of experiments: what it is called, which frames it is told of, and how it is taught. To add one, write a class and name it
/// in <see cref="Detectors.All"/>, or add it there from an assembly of your own; an experiment then names it under <c>detectors</c>.
/// </summary>
/// <param name="name">In scores, results and figures.</param>
public abstract class DetectorEntry(string name) : INamed
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Whether one serves all conditions, taught under random steps of the robustness ladder; else each condition has its
    /// own.</summary>
    public virtual bool ServesAllConditions => false;

    /// <summary>Whether the first sentences of a report speak of it.</summary>
    public virtual bool HasHeadline => false;

    /// <summary>Whether it compares a face with pictures of the person that it claims to show, and is taught by nothing else: features and
    /// <see cref="Teach"/> are not asked for then.</summary>
    public virtual bool NeedsReferences => false;

    /// <summary>Whether it is taught <see cref="IdentityMoments"/> of clips in place of an experiment's features.</summary>
    public virtual bool MeasuresIdentity => false;

    /// <summary>Whether it learns from frames of training people that came to be so.</summary>
    /// <param name="origin">How the frame came to be.</param>
    /// <param name="attackers">Names of the other attackers that detectors may be told of.</param>
    public abstract bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers);

    /// <summary>Whether its threshold and calibrator are set by frames of validation and calibration people that came to be so.</summary>
    public abstract bool Judges(FrameOrigin origin);

    /// <summary>Teaches it.</summary>
    /// <param name="rows">Rows of training people, both classes.</param>
    /// <param name="options">Trainer and seed.</param>
    /// <param name="columns">Names of the columns.</param>
    public virtual IFrameDetector Teach(IReadOnlyList<LabelledFeatures> rows, DetectorOptions options, IReadOnlyList<string> columns) =>
        FrameDetector.Train(rows, options, columns);
}

/// <summary>Knows the few-shot generator, under the tested condition.</summary>
public class ArtefactDetector(string name = Detectors.Artefact) : DetectorEntry(name)
{
    /// <inheritdoc/>
    public override bool HasHeadline => true;

    /// <inheritdoc/>
    public override bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(attackers);
        return Judges(origin) || (origin.Generator is { } generator && attackers.Contains(generator));
    }

    /// <inheritdoc/>
    public override bool Judges(FrameOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.IsReal || origin.Is(GeneratorPart.Subject);
    }
}

/// <summary>Knows what stands in for generators alone (self-blended images, an auto-encoder), made from true frames of the same
/// people.</summary>
public sealed class ArtefactUnawareDetector() : DetectorEntry(Detectors.ArtefactUnaware)
{
    /// <inheritdoc/>
    public override bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers) => Judges(origin);

    /// <inheritdoc/>
    public override bool Judges(FrameOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.IsReal || (origin.Shots is null && Generators.All.Find(origin.Generator) is { StandsIn: true });
    }
}

/// <summary>Knows the few-shot generator, its clean frames and the same under random steps of the robustness ladder; one for all
/// conditions.</summary>
public sealed class ArtefactAugmentedDetector() : ArtefactDetector(Detectors.ArtefactAugmented)
{
    /// <inheritdoc/>
    public override bool HasHeadline => false;

    /// <inheritdoc/>
    public override bool ServesAllConditions => true;
}

/// <summary>Knows the person, not the generator: asks whether a clip shows whom it claims to show (docs/detector.md, "Person of
/// interest").</summary>
/// <param name="name">In scores, results and figures.</param>
/// <param name="aware">Whether threshold and calibrator have seen the few-shot generator; else true clips of other people take the place of
/// its fakes.</param>
public sealed class PersonDetector(string name, bool aware) : DetectorEntry(name)
{
    /// <inheritdoc/>
    public override bool HasHeadline => aware;

    /// <inheritdoc/>
    public override bool NeedsReferences => true;

    /// <inheritdoc/>
    public override bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers) => false;

    /// <inheritdoc/>
    public override bool Judges(FrameOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.IsReal || (aware && origin.Is(GeneratorPart.Subject));
    }
}

/// <summary>Holds no picture of the person: asks whether the identity inside a clip moves as a filmed one does
/// (<see cref="IdentityMoments"/>).</summary>
public sealed class IdentityMomentsDetector() : DetectorEntry(Detectors.IdentityMoments)
{
    /// <inheritdoc/>
    public override bool MeasuresIdentity => true;

    /// <inheritdoc/>
    public override bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers) => Judges(origin);

    /// <inheritdoc/>
    public override bool Judges(FrameOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.IsReal || origin.Is(GeneratorPart.Subject);
    }
}

/// <summary>The catalogue of detectors.</summary>
public static class Detectors
{
    /// <summary>Looks for traces of the making; it learnt from the generator's frames.</summary>
    public const string Artefact = "artefact";

    /// <summary>The same, never told of the generator.</summary>
    public const string ArtefactUnaware = "artefact-unaware";

    /// <summary>The one that was taught under the robustness ladder.</summary>
    public const string ArtefactAugmented = "artefact-augmented";

    /// <summary>The one that knows the person, set by fakes of the generator.</summary>
    public const string Person = "person";

    /// <summary>The same, set without any fake.</summary>
    public const string PersonUnaware = "person-unaware";

    /// <summary>The one that asks how the identity moves inside a clip.</summary>
    public const string IdentityMoments = "identity-moments";

    /// <summary>Every detector.</summary>
    public static Catalogue<DetectorEntry> All { get; } =
        new Catalogue<DetectorEntry>("detector", new ArtefactDetector(), new ArtefactUnawareDetector(), new ArtefactAugmentedDetector(),
            new PersonDetector(Person, aware: true), new PersonDetector(PersonUnaware, aware: false), new IdentityMomentsDetector())
            .Formerly("aware", Artefact).Formerly("unaware", ArtefactUnaware).Formerly("aware-augmented", ArtefactAugmented);

    /// <summary>What a detector of an older file is called today; the name itself where nothing is known of it.</summary>
    public static string Today(string name) => All.Find(name)?.Name ?? name;
}
