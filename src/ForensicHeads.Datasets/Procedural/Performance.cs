namespace ForensicHeads.Datasets.Procedural;

/// <summary>A talking head's movement over time: a smooth function of the frame number, 25 frames a second.</summary>
internal sealed class Performance
{
    private const double FramesPerSecond = 25;
    private readonly uint seed;
    private readonly float yawBias;
    private readonly float pitchBias;
    private readonly float rollBias;
    private readonly float liveliness;
    private readonly float mood;
    private readonly float blinkPeriod;

    public Performance(SeededRandom random)
    {
        seed = (uint)random.NextBits();
        yawBias = (float)Math.Clamp(random.Gaussian(0, 0.1), -0.2, 0.2);
        pitchBias = (float)Math.Clamp(random.Gaussian(0, 0.04), -0.08, 0.08);
        rollBias = (float)Math.Clamp(random.Gaussian(0, 0.025), -0.05, 0.05);
        liveliness = (float)random.Uniform(0.7, 1.3);
        mood = (float)random.Uniform(-0.1, 0.45);
        blinkPeriod = (float)random.Uniform(2.2, 4.2);
    }

    /// <summary>The pose at a frame.</summary>
    public FacePose At(int frame)
    {
        var t = frame / FramesPerSecond;
        float Wave(uint channel, double hertz) => Noise.Line(seed + (channel * 7919), t * hertz);
        var talking = Noise.Step(-0.45f, -0.05f, Wave(1, 0.45));
        var syllable = Math.Max(0, (0.62f * Wave(2, 5.2)) + (0.35f * Wave(3, 2.9)) + 0.22f);
        return new FacePose
        {
            Yaw = yawBias + (liveliness * ((0.24f * Wave(4, 0.33)) + (0.09f * Wave(5, 0.9)))),
            Pitch = pitchBias + (liveliness * ((0.10f * Wave(6, 0.4)) + (0.045f * Wave(7, 1.2)))),
            Roll = rollBias + (liveliness * ((0.07f * Wave(8, 0.3)) + (0.025f * Wave(9, 0.9)))),
            ShiftX = 0.05f * Wave(10, 0.4),
            ShiftY = 0.035f * Wave(11, 0.5),
            Zoom = 1 + (0.025f * Wave(12, 0.25)),
            GazeX = (0.2f * Saccade(13, t, 0.8)) - (0.25f * yawBias),
            GazeY = 0.09f * Saccade(14, t, 0.7),
            Blink = BlinkAt(t),
            MouthOpen = Math.Min(1, talking * syllable * 1.15f),
            Round = Math.Clamp(talking * Wave(15, 2.6) * 1.3f, -1, 1),
            Smile = Math.Clamp(mood + (0.45f * Wave(16, 0.3)), -0.15f, 1) * (1 - (0.35f * talking)),
            Brow = Math.Clamp((0.7f * Wave(17, 0.8)) + (0.35f * Wave(18, 1.9) * talking), -1, 1),
            Frown = Math.Max(0, Wave(19, 0.4) - 0.3f),
        };
    }

    // Eyes rest and jump: the noise is read at steps with short ramps between.
    private float Saccade(uint channel, double t, double hertz)
    {
        var x = t * hertz;
        var step = Math.Floor(x);
        var ramp = Noise.Step(0.88f, 1f, (float)(x - step));
        var from = Noise.Line(seed + (channel * 7919), (step * 3) + 0.3);
        var to = Noise.Line(seed + (channel * 7919), ((step + 1) * 3) + 0.3);
        return float.Lerp(from, to, ramp);
    }

    private float BlinkAt(double t)
    {
        var slot = (int)Math.Floor(t / blinkPeriod);
        var start = 0.2 + (Noise.Lattice(seed + 77, slot, 3) * (blinkPeriod - 0.7));
        var since = (float)(t - (slot * blinkPeriod) - start);
        return since < 0.09f ? Noise.Step(0f, 0.09f, since) : Noise.Step(0.32f, 0.13f, since);
    }
}
