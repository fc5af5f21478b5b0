namespace ForensicHeads.Detector.Conditions;

/// <summary>What frames of both classes undergo before they are measured, by name. To add one, write a class and name it here, or add it to
/// <see cref="All"/>.</summary>
public static class FrameConditions
{
    /// <summary>The frames as they are.</summary>
    public const string Clean = "clean";

    /// <summary>Those that need nothing but the frame's own pixels: <c>clean</c> and the steps of the ladder that change each frame by
    /// itself.</summary>
    public static Catalogue<IPixelCondition> OfPixels { get; } = new(
        "condition",
        new CleanCondition(), new JpegCondition(90), new JpegCondition(70), new JpegCondition(50), new JpegCondition(30),
            new ResizeCondition(),
        new BlurCondition(1), new BlurCondition(2), new NoiseCondition(2), new NoiseCondition(5),
        new BrightnessCondition(20), new BrightnessCondition(-20), new ContrastCondition(20), new ContrastCondition(-20));

    /// <summary>Every condition, for sequences.</summary>
    public static Catalogue<ISequenceCondition> All { get; } = new(
        "condition",
        [
            .. OfPixels.All.Select(condition => new FrameByFrame(condition)), new FaceOnlyCondition(),
            .. new[] { 18, 23, 28, 32, 36, 40 }.Select(crf => new H264Condition(crf)),
            new FrameByFrame(new RecapturedCondition()),
        ]);

    /// <summary>The robustness ladder, what happens to pictures on their way through the world: names of its steps in the order of
    /// tables.</summary>
    public static IReadOnlyList<string> Ladder { get; } =
        [.. OfPixels.Names.Where(name => name != Clean), .. All.All.OfType<H264Condition>().Select(step => step.Name)];

    /// <summary>A step of the ladder.</summary>
    /// <exception cref="UserErrorException">There is no such step.</exception>
    public static ISequenceCondition Step(string name) => Ladder.Contains(name) ? All.ByName(name)
        : throw new UserErrorException($"The robustness ladder has no step '{name}'; choose from {string.Join(", ", Ladder)}.",
        exitCode: 2);

    /// <summary>A condition whose draws, where it has any, come from a seed.</summary>
    /// <exception cref="UserErrorException">There is no such condition.</exception>
    public static ISequenceCondition ByName(string name, long seed) => All.ByName(name).Seeded(seed);
}

/// <summary><c>clean</c>: the picture as it is.</summary>
public sealed class CleanCondition : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "clean";

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => image;
}

/// <summary><c>blur-S</c>: Gaussian blur of standard deviation S pixels.</summary>
/// <param name="sigma">In pixels, 1 or more.</param>
public sealed class BlurCondition(int sigma) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"blur-{sigma}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => ImageBlur.Gaussian(image, sigma);
}

/// <summary><c>brightness-up-20</c>, <c>brightness-down-20</c>: every value times 1 ± share.</summary>
/// <param name="percent">Change in percent, −100 … 100, not 0.</param>
public sealed class BrightnessCondition(int percent) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => PixelMap.NameOf("brightness", percent);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) =>
        PixelMap.Of(image, value => value * (1 + (percent / 100.0)));
}

/// <summary><c>face-only</c>: everything outside the hull of the landmarks replaced by its mean colour.</summary>
public sealed class FaceOnlyCondition : ISequenceCondition
{
    /// <inheritdoc/>
    public string Name => "face-only";

    /// <inheritdoc/>
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences,
        CancellationToken cancellation) =>
        FrameByFrame.EachFrame(sequences, frame => FaceHull.FaceOnly(frame.Image, frame.Landmarks), cancellation);
}

/// <summary>A change of the pixels that real and generated frames undergo alike before they are measured.</summary>
public interface IPixelCondition : INamed
{
    /// <summary>The same with another seed; itself where nothing is drawn.</summary>
    IPixelCondition Seeded(long value) => this;

    /// <summary>Applies the condition. Pure: the same picture and names give the same result, from any thread.</summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="frameName">The frame's own name: what is drawn once a frame (sensor noise) differs between a true frame and those made
    /// from it, as between two captures.</param>
    /// <param name="videoName">The driver video's name, for what is drawn once a video (a camera).</param>
    /// <returns>A picture of the same size.</returns>
    RgbImage Apply(RgbImage image, string frameName, string videoName);
}

/// <summary><c>resize-half</c>: reduced to half the size by the area filter and enlarged again bilinearly.</summary>
public sealed class ResizeCondition : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "resize-half";

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ImageResize.Area(
            ImageResize.Area(image, Math.Max(1, image.Width / 2), Math.Max(1, image.Height / 2)), image.Width, image.Height);
    }
}

/// <summary><c>jpeg-Q</c>: encoded as baseline JPEG with 4:2:0 chroma and decoded again.</summary>
/// <param name="quality">libjpeg's quality, 1 … 100.</param>
public sealed class JpegCondition(int quality) : IPixelCondition
{
    private readonly int quality = quality is >= 1 and <= 100
        ? quality
        : throw new UserErrorException($"JPEG quality {quality} is outside 1 … 100; choose one inside.", exitCode: 2);

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"jpeg-{quality}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => ImageCodec.Decode(ImageCodec.EncodeJpeg(image, quality));
}

/// <summary><c>contrast-up-20</c>, <c>contrast-down-20</c>: every value's distance to the picture's mean times 1 ± share.</summary>
/// <param name="percent">Change in percent, −100 … 100, not 0.</param>
public sealed class ContrastCondition(int percent) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => PixelMap.NameOf("contrast", percent);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        var mean = image.Pixels.Average(value => (double)value);
        return PixelMap.Of(image, value => mean + ((value - mean) * (1 + (percent / 100.0))));
    }
}

/// <summary><c>noise-S</c>: independent Gaussian noise of standard deviation S grey levels (of 255) on every channel, another draw for each
/// frame.</summary>
/// <param name="sigma">In grey levels, 1 or more.</param>
public sealed class NoiseCondition(int sigma) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"noise-{sigma}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new SeededRandom(sigma, "noise/" + frameName);
        return PixelMap.Of(image, value => value + random.Gaussian(0, sigma));
    }
}

/// <summary>Changes of every value of a picture by itself.</summary>
internal static class PixelMap
{
    /// <summary>A new picture; values are rounded half to even and clipped to 0 … 255.</summary>
    public static RgbImage Of(RgbImage image, Func<double, double> change)
    {
        ArgumentNullException.ThrowIfNull(image);
        var result = new RgbImage(image.Width, image.Height);
        for (var i = 0; i < image.Pixels.Length; i++) result.Pixels[i] = (byte)Math.Clamp(Math.Round(change(image.Pixels[i])), 0, 255);
        return result;
    }

    /// <summary><c>brightness-up-20</c> and the like.</summary>
    public static string NameOf(string what, int percent) =>
        FormattableString.Invariant($"{what}-{(percent > 0 ? "up" : "down")}-{Math.Abs(percent)}");
}

/// <summary>
/// <c>recaptured</c>: every video, true or made, filmed by one random camera of its own (blur, sensor noise, demosaicing, JPEG), so
/// that true frames are not told by their noise alone. Frames made from a video share its camera.
/// </summary>
public sealed class RecapturedCondition(long seed = 1) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "recaptured";

    /// <inheritdoc/>
    public IPixelCondition Seeded(long value) => new RecapturedCondition(value);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) =>
        CameraModel.Create(seed, "recaptured/" + videoName).Apply(image, seed, frameName);
}
