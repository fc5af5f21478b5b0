namespace ForensicHeads.Generator.Catalogue;

/// <summary>What the frames of a generator are for.</summary>
public enum GeneratorPart
{
    /// <summary>Its shot counts make the curve that reports are about.</summary>
    Subject,

    /// <summary>Another attacker, from the same shots.</summary>
    Attacker,

    /// <summary>A fixed point that the curve is read against.</summary>
    Anchor,

    /// <summary>A check of the subject itself, never scored.</summary>
    Check,
}

/// <summary>Which frames of a person a generator makes others from.</summary>
public enum ShotNeed
{
    /// <summary>None: it changes the driver's own frame, or knows nobody.</summary>
    None,

    /// <summary>The T shots of a draw.</summary>
    Drawn,

    /// <summary>All real frames, the driver's among them.</summary>
    Everything,

    /// <summary>The shots of somebody else.</summary>
    SomebodyElse,
}

/// <summary>
/// One generator: what it is called, what it needs, and how it makes frames. To add one, write a class and name it in
/// <see cref="Generators.All"/>, or add it there from an assembly of your own; who draws, counts or lists generators asks that catalogue.
/// </summary>
/// <param name="name">In the <c>generator</c> column, in options and tables.</param>
/// <param name="part">What its frames are for.</param>
/// <param name="rank">Place in tables and figures, ascending; the toolkit's own stand at 0, 10 … 90.</param>
/// <param name="shots">Which frames it needs.</param>
public abstract class GeneratorEntry(string name, GeneratorPart part, int rank, ShotNeed shots) : INamed
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>What its frames are for.</summary>
    public GeneratorPart Part => part;

    /// <summary>Place in tables and figures.</summary>
    public int Rank => rank;

    /// <summary>Which frames it needs.</summary>
    public ShotNeed Shots => shots;

    /// <summary>The step of making that it stands for in the waterfall of a report; empty where it stands outside.</summary>
    public virtual string Step => "";

    /// <summary>Its modes; empty where it knows none.</summary>
    public virtual IReadOnlyList<Mode> Modes => [];

    /// <summary>Whether what it gives are true frames, so that nothing can be learnt from them and no data set of fakes has them.</summary>
    public virtual bool GivesTrueFrames => false;

    /// <summary>Whether a generator worth its name must make better frames than this one.</summary>
    public virtual bool IsRival => false;

    /// <summary>Whether it can change a driver's own frames without any shots, and so stand in for generators that a detector is told
    /// nothing of.</summary>
    public virtual bool StandsIn => false;

    /// <summary>What its weights may be used for, in a line; null where the toolkit's own licence says it.</summary>
    public virtual string? Licence => null;

    /// <summary>Whether it can make frames from so many shots.</summary>
    public virtual bool Takes(int shots) => true;

    /// <summary>Whether it runs the meta-learnt networks.</summary>
    public virtual bool NeedsWeights => false;

    /// <summary>Whether it runs the auto-encoder.</summary>
    public virtual bool NeedsAutoEncoder => false;

    /// <summary>SHA-256 of the network that its frames come from; null where there is none.</summary>
    public virtual string? Sha256(GeneratorTools tools, Mode? mode) => null;

    /// <summary>Makes one frame for each driver frame, once for each budget that is asked for.</summary>
    /// <param name="tools">The networks and their options.</param>
    /// <param name="task">Shots and drivers.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>One part a budget, in their order; one part where none was asked for or budgets play no part.</returns>
    /// <exception cref="JobFailedException">A program of others gave nothing that can be used; the run goes on without these
    /// frames.</exception>
    public abstract IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation);
}

/// <summary>What a generator made under one budget.</summary>
/// <param name="Arm">The budget; null where none plays a part.</param>
/// <param name="Frames">One for each driver frame; read once, and made then where that is possible.</param>
public sealed record MadePart(Arm? Arm, IEnumerable<RgbImage> Frames)
{
    /// <summary>The one part where budgets play no part.</summary>
    public static IReadOnlyList<MadePart> Of(IEnumerable<RgbImage> frames) => [new(null, frames)];
}
