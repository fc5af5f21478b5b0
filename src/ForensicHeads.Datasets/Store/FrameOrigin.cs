namespace ForensicHeads.Datasets.Store;

/// <summary>Whether a camera saw a frame, or a program made it.</summary>
public enum Label
{
    /// <summary>Seen by a camera, or rendered as such.</summary>
    Real,

    /// <summary>Made by a generator.</summary>
    Generated,
}

/// <summary>Whether a head is used as predicted or fine-tuned (Zakharov et al. 2019, section 3.3).</summary>
public enum Mode
{
    /// <summary>Feed-forward: ψ̂ = P ê as it is.</summary>
    Ff,

    /// <summary>Fine-tuned on the shots.</summary>
    Ft,
}

/// <summary>How the number of fine-tuning steps follows from the shot count T.</summary>
public enum Arm
{
    /// <summary>The same number of epochs over the shots for every T, as in the paper.</summary>
    Epochs,

    /// <summary>The same number of generator updates for every T.</summary>
    Updates,
}

/// <summary>What is judged as one.</summary>
public enum Level
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>All frames of one sequence.</summary>
    Video,
}

/// <summary>How a frame came to be: real, or generated, and then by what, from how many shots. Equal origins mean frames of one kind.</summary>
public sealed record FrameOrigin
{
    /// <summary>Of every real frame.</summary>
    public static FrameOrigin Real { get; } = new() { Label = Label.Real };

    /// <summary>Real or generated.</summary>
    public required Label Label { get; init; }

    /// <summary>Name of the generator; null for real frames, and where nobody says.</summary>
    public string? Generator { get; init; }

    /// <summary>Feed-forward or fine-tuned; null for real frames and for generators that know no such difference.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Number of shots T; null for real frames, and where shots play no part.</summary>
    public int? Shots { get; init; }

    /// <summary>Which draw of the shots, from 0; null as <see cref="Shots"/>.</summary>
    public int? Draw { get; init; }

    /// <summary>Budget of the fine-tuning; null where it plays no part: real frames, feed-forward heads, other generators.</summary>
    public Arm? Arm { get; init; }

    /// <summary>Which of several sets of weights: <c>g1</c>, <c>g2</c> …; empty where there is one, or where none plays a part.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Whether the frame is real.</summary>
    public bool IsReal => Label == Label.Real;

    /// <summary>What made the frame; null for real frames.</summary>
    public Method? Method => IsReal ? null : new Method(Generator, Mode);

    /// <summary>Made by a generator.</summary>
    public static FrameOrigin MadeBy(string generator) => new() { Label = Label.Generated, Generator = generator };
}
