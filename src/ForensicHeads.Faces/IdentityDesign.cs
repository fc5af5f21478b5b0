namespace ForensicHeads.Faces;

/// <summary>One of the face-identity networks: its layers and what it sees of a frame.</summary>
public sealed class IdentityDesign
{
    private readonly Func<IIdentityNetwork> create;

    private IdentityDesign(string kind, int size, bool isMasked, Func<IIdentityNetwork> create)
    {
        Kind = kind;
        Size = size;
        IsMasked = isMasked;
        this.create = create;
    }

    /// <summary>For the content loss: plain layers over the whole frame as it is.</summary>
    public static IdentityDesign Loss { get; } = new("identity-loss", 64, isMasked: false, () => new PlainIdentityNetwork());

    /// <summary>The judge of reports: residual layers over the face and hair alone, turned upright by the landmarks.</summary>
    public static IdentityDesign Judge { get; } = JudgeOf(64);

    /// <summary>The judge for frames twice as large, with a block more.</summary>
    public static IdentityDesign LargeJudge { get; } = JudgeOf(128);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IdentityDesign> All { get; } = [Loss, Judge, LargeJudge];

    /// <summary>What it is for: <c>identity-loss</c> or <c>identity-judge</c>.</summary>
    public string Kind { get; }

    /// <summary>Side in pixels of what it sees.</summary>
    public int Size { get; }

    /// <summary>Name, also of the shipped weights.</summary>
    public string Name => FormattableString.Invariant($"{Kind}-{Size}");

    /// <summary>Whether everything but face and hair is painted grey, and the face brought to one place, before the network
    /// looks.</summary>
    public bool IsMasked { get; }

    internal IIdentityNetwork Create() => create();

    /// <summary>The design of that kind and size.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static IdentityDesign Find(string kind, int size) =>
        All.FirstOrDefault(design => design.Kind == kind && design.Size == size) ?? throw new UserErrorException(
            $"There is no {kind} for frames of {size} px; there are {string.Join(", ", All.Select(design => design.Name))}.", exitCode: 2);

    /// <summary>What the network sees of a frame of at least <see cref="Size"/> pixels.</summary>
    internal RgbImage View(Shot frame, FaceJitter? jitter = null)
    {
        var reduced = ImageResize.Area(frame.Image, Size, Size);
        var landmarks = frame.Landmarks.Resize(frame.Image.Width, Size);
        if (!IsMasked) return jitter is null ? reduced : FaceAlignment.Move(reduced, jitter);
        jitter ??= FaceJitter.None;
        return FaceAlignment.Upright(HeadRegion.Keep(reduced, Stretched(landmarks, jitter)), landmarks, jitter);
    }

    private static IdentityDesign JudgeOf(int size) => new("identity-judge", size, isMasked: true, () => new ResidualIdentityNetwork(size));

    private static Landmarks68 Stretched(Landmarks68 landmarks, FaceJitter jitter)
    {
        var (x, y) = FaceAlignment.Mean(landmarks, 0, Landmarks68.Count - 1);
        return new Landmarks68(
            [.. landmarks.Values.Select(
                (value, i) => (float)(i % 2 == 0 ? x + (jitter.RegionX * (value - x)) : y + (jitter.RegionY * (value - y))))]);
    }
}
