namespace ForensicHeads.Datasets.Procedural;

/// <summary>What a camera does to a clean picture: lens blur, sensor noise, demosaicing, JPEG.</summary>
/// <remarks>The fixed-pattern noise belongs to the camera (its seed and name), the other noise to the frame.</remarks>
public sealed record CameraModel
{
    /// <summary>Standard deviation of the lens blur, pixels; 0 for none.</summary>
    public double BlurSigma { get; init; } = 0.5;

    /// <summary>Standard deviation of the read noise, 8-bit levels.</summary>
    public double ReadNoise { get; init; } = 1;

    /// <summary>Shot noise: its standard deviation at full white, 8-bit levels; it falls with the square root of the level.</summary>
    public double ShotNoise { get; init; } = 2;

    /// <summary>Standard deviation of the fixed pattern's gain, as a fraction of the level.</summary>
    public double FixedPattern { get; init; } = 0.01;

    /// <summary>Whether the sensor has a Bayer mosaic (RGGB, interpolated bilinearly).</summary>
    public bool Demosaicing { get; init; } = true;

    /// <summary>JPEG quality, 1 … 100.</summary>
    public int JpegQuality { get; init; } = 90;

    /// <summary>Seed of the fixed pattern.</summary>
    public long PatternSeed { get; init; }

    /// <summary>The camera's name, which also names its noise.</summary>
    public string Name { get; init; } = "camera";

    /// <summary>Draws a camera.</summary>
    public static CameraModel Create(long seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var random = new SeededRandom(seed, $"procedural/camera/{name}");
        return new CameraModel
        {
            BlurSigma = random.Uniform(0.25, 0.85),
            ReadNoise = random.Uniform(0.5, 2.2),
            ShotNoise = random.Uniform(0.8, 4.5),
            FixedPattern = random.Uniform(0.004, 0.018),
            Demosaicing = random.Chance(0.75),
            JpegQuality = 72 + random.NextInt(25),
            PatternSeed = seed,
            Name = name,
        };
    }

    /// <summary>Takes the picture. The result has the same size.</summary>
    /// <param name="image">A clean picture.</param>
    /// <param name="seed">Seed of the frame's own noise.</param>
    /// <param name="frameName">Names the frame's noise; another name gives other noise.</param>
    public RgbImage Apply(RgbImage image, long seed, string frameName)
    {
        ArgumentNullException.ThrowIfNull(image);
        var planes = Sensor.Blur(image, BlurSigma);
        Sensor.AddNoise(planes, this, new SeededRandom(PatternSeed, $"procedural/camera/{Name}/pattern"),
            new SeededRandom(seed, $"procedural/camera/{Name}/frame/{frameName}"));
        if (Demosaicing) planes = Sensor.Demosaic(planes, image.Width, image.Height);
        var result = new RgbImage(image.Width, image.Height);
        for (var i = 0; i < planes.Length; i++) result.Pixels[i] = (byte)Math.Clamp(MathF.Round(planes[i]), 0, 255);
        return ImageCodec.Decode(ImageCodec.EncodeJpeg(result, JpegQuality));
    }
}
