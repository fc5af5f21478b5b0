namespace ForensicHeads.Faces;

/// <summary>One of the two face-identity networks: its layers and what it sees of a frame.</summary>
public sealed class IdentityDesign
{
    private readonly Func<IIdentityNetwork> create;

    private IdentityDesign(string name, bool isMasked, Func<IIdentityNetwork> create)
    {
        Name = name;
        IsMasked = isMasked;
        this.create = create;
    }

    /// <summary>For the content loss: plain layers over the whole frame as it is.</summary>
    public static IdentityDesign Loss { get; } = new("identity-loss-64", isMasked: false, () => new PlainIdentityNetwork());

    /// <summary>The judge of reports: residual layers over the face and hair alone, turned upright by the landmarks.</summary>
    public static IdentityDesign Judge { get; } = new("identity-judge-64", isMasked: true, () => new ResidualIdentityNetwork());

    /// <summary>Both.</summary>
    public static IReadOnlyList<IdentityDesign> All { get; } = [Loss, Judge];

    /// <summary>Name, also of the shipped weights.</summary>
    public string Name { get; }

    /// <summary>Whether everything but face and hair is painted grey, and the face brought to one place, before the network
    /// looks.</summary>
    public bool IsMasked { get; }

    internal IIdentityNetwork Create() => create();

    /// <summary>What the network sees of a frame of at least 64 px.</summary>
    internal RgbImage View(Shot frame, FaceJitter? jitter = null)
    {
        var reduced = ImageResize.Area(frame.Image, FaceIdentity.NetworkSize, FaceIdentity.NetworkSize);
        var landmarks = frame.Landmarks.Resize(frame.Image.Width, FaceIdentity.NetworkSize);
        if (!IsMasked) return jitter is null ? reduced : FaceAlignment.Move(reduced, jitter);
        jitter ??= FaceJitter.None;
        return FaceAlignment.Upright(HeadRegion.Keep(reduced, Stretched(landmarks, jitter)), landmarks, jitter);
    }

    private static Landmarks68 Stretched(Landmarks68 landmarks, FaceJitter jitter)
    {
        var (x, y) = FaceAlignment.Mean(landmarks, 0, Landmarks68.Count - 1);
        return new Landmarks68(
            [.. landmarks.Values.Select(
                (value, i) => (float)(i % 2 == 0 ? x + (jitter.RegionX * (value - x)) : y + (jitter.RegionY * (value - y))))]);
    }
}
