namespace ForensicHeads.Datasets.Procedural;

/// <summary>One clip of a procedural person: light, room, clothes, movement and camera are its own.</summary>
/// <remarks>Frames may be rendered in any order and from several threads; the same seed gives the same bytes.</remarks>
public sealed class ProceduralVideo
{
    private readonly ProceduralPerson person;
    private readonly Performance performance;
    private readonly Light light;
    private readonly Lazy<VideoModel> model;

    /// <summary>Draws the clip number <paramref name="videoIndex"/> of a person.</summary>
    /// <param name="person">Who is seen.</param>
    /// <param name="videoIndex">0, 1, 2 …</param>
    /// <param name="seed">The data set's seed.</param>
    public ProceduralVideo(ProceduralPerson person, int videoIndex, long seed)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentOutOfRangeException.ThrowIfNegative(videoIndex);
        this.person = person;
        Name = FormattableString.Invariant($"{person.Name}-v{videoIndex}");
        SeededRandom Stream(string of) => new(seed, $"procedural/video/{Name}/{of}");
        performance = new Performance(Stream("performance"));
        light = new Light(Stream("light"));
        Camera = CameraModel.Create(seed, Name);
        var distance = (float)Stream("lens").Uniform(5, 9);
        model = new Lazy<VideoModel>(() =>
        {
            var (head, backdrop, cloth) = (person.Model(), Backdrop.Create(Stream("backdrop")), Clothes.Cloth(Stream("clothes")));
            if (head.Fine is not { } fine) return new VideoModel(head, light, backdrop, cloth, distance, null, 0);
            var lens = (float)Stream("aperture").Uniform(0.004, 0.01);
            return new VideoModel(head, light, backdrop.Blurred((int)MathF.Round(800 * lens)), cloth, distance,
                new FineVideo(head, fine, light, cloth, Stream("collar")), lens);
        });
    }

    /// <summary>The clip's name: <c>p00012-v1</c>.</summary>
    public string Name { get; }

    /// <summary>The camera that belongs to this clip; <see cref="Render(int, int)"/> does not apply it.</summary>
    public CameraModel Camera { get; }

    /// <summary>Renders a frame (25 a second) without the camera model.</summary>
    /// <param name="frameNumber">0 or more.</param>
    /// <param name="size">Side of the square picture in pixels, 16 … 1024.</param>
    public ProceduralFrame Render(int frameNumber, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frameNumber);
        return Render(PoseAt(frameNumber), size);
    }

    internal FacePose PoseAt(int frameNumber) => performance.At(frameNumber);

    internal ProceduralFrame Render(in FacePose pose, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        return model.Value.Render(pose, size, person.Traits.Length);
    }
}

/// <summary>A rendered frame and its exact landmarks.</summary>
/// <param name="Image">The clean render, square.</param>
/// <param name="Landmarks">Projected surface points in pixels of <paramref name="Image"/>; hidden points are given where they would be
/// seen.</param>
public sealed record ProceduralFrame(RgbImage Image, Landmarks68 Landmarks);
