using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>The identity of a procedural head. Lengths in head units: half the way from chin to crown.</summary>
internal sealed record HeadTraits
{
    public bool Female { get; init; }
    public float Age { get; init; }
    public float Tone { get; init; }
    public Vector3 Skin { get; init; }
    public float Width { get; init; }
    public float Jaw { get; init; }
    public float ChinPoint { get; init; }
    public float ChinBoss { get; init; }
    public float Cheek { get; init; }
    public float Length { get; init; }
    public float NoseLength { get; init; }
    public float NoseWidth { get; init; }
    public float NoseBridge { get; init; }
    public float NoseHeight { get; init; }
    public float EyeX { get; init; }
    public float EyeWidth { get; init; }
    public float EyeOpen { get; init; }
    public float EyeTilt { get; init; }
    public float MouthWidth { get; init; }
    public float MouthY { get; init; }
    public float UpperLip { get; init; }
    public float LowerLip { get; init; }
    public Vector3 LipColour { get; init; }
    public float BrowY { get; init; }
    public float BrowThickness { get; init; }
    public float BrowArch { get; init; }
    public float BrowTilt { get; init; }
    public float EarSize { get; init; }
    public float Freckles { get; init; }
    public float Blush { get; init; }
    public float Stubble { get; init; }
    public float Beard { get; init; }
    public float Moustache { get; init; }
    public Vector3 Hair { get; init; }
    public Vector3 BrowColour { get; init; }
    public HairStyle Style { get; init; }
    public float HairVolume { get; init; }
    public float HairlineY { get; init; }
    public float HairPart { get; init; }
    public Vector3 Iris { get; init; }
    public bool Glasses { get; init; }
    public float GlassesRound { get; init; }
    public Vector3 GlassesColour { get; init; }
    public bool Makeup { get; init; }
    public uint Seed { get; init; }

    private static readonly Vector3[] SkinRamp =
        [Rgb(62, 38, 28), Rgb(98, 62, 44), Rgb(141, 94, 66), Rgb(186, 139, 110), Rgb(220, 178, 152), Rgb(240, 204, 184)];
    private static readonly Vector3[] HairColours =
        [Rgb(22, 18, 17), Rgb(44, 30, 24), Rgb(78, 50, 34), Rgb(118, 78, 48), Rgb(178, 134, 80), Rgb(214, 182, 126), Rgb(134, 58, 30)];
    private static readonly Vector3[] Irises =
        [Rgb(58, 36, 22), Rgb(84, 52, 28), Rgb(108, 86, 44), Rgb(92, 112, 72), Rgb(88, 122, 150), Rgb(112, 128, 138)];
    private static readonly HairStyle[] MaleStyles =
        [HairStyle.Bald, HairStyle.Receding, HairStyle.Buzz, HairStyle.Short, HairStyle.Short, HairStyle.Quiff, HairStyle.Quiff,
        HairStyle.Parted, HairStyle.Curly, HairStyle.Fringe, HairStyle.Long];
    private static readonly HairStyle[] FemaleStyles =
        [HairStyle.Short, HairStyle.Parted, HairStyle.Curly, HairStyle.Fringe, HairStyle.Bob, HairStyle.Bob, HairStyle.Long, HairStyle.Long,
        HairStyle.Long, HairStyle.Bun];

    public static Vector3 Rgb(int r, int g, int b) => new(Tonal.ToLinear(r), Tonal.ToLinear(g), Tonal.ToLinear(b));

    public static HeadTraits Create(SeededRandom random)
    {
        float Draw(double mean, double spread) => (float)(mean + (spread * Math.Clamp(random.Gaussian(), -2.1, 2.1)));
        var female = random.Chance(0.5);
        var age = (float)random.NextDouble();
        var tone = (float)random.NextDouble();
        var at = tone * (SkinRamp.Length - 1.001f);
        var skin = Vector3.Lerp(SkinRamp[(int)at], SkinRamp[(int)at + 1], at - (int)at);
        skin *= new Vector3(Draw(1, 0.03), Draw(1, 0.03), Draw(1, 0.06));
        var darkHairOnly = tone < 0.4f;
        var hair = HairColours[random.NextInt(darkHairOnly ? 2 : HairColours.Length)] * Draw(1, 0.12);
        var brow = hair * 0.7f;
        var grey = age > 0.75f ? (float)random.Uniform(0.2, 1) : age > 0.6f ? (float)random.Uniform(0, 0.35) : 0;
        hair = Vector3.Lerp(hair, Rgb(188, 186, 184), grey);
        brow = Vector3.Lerp(brow, Rgb(130, 126, 122), grey * 0.6f);
        var facialHair = !female && random.Chance(0.42);
        var style = female ? random.Pick(FemaleStyles) : random.Pick(MaleStyles);
        var makeup = female && random.Chance(0.5);
        var naturalLip = Vector3.Lerp(skin * new Vector3(0.92f, 0.62f, 0.62f), Rgb(180, 84, 84), 0.25f + (0.15f * tone));
        var lip = makeup
            ? Vector3.Lerp(naturalLip, random.Chance(0.5) ? Rgb(158, 28, 44) : Rgb(190, 82, 92), (float)random.Uniform(0.4, 0.85))
            : naturalLip;
        return new HeadTraits
        {
            Female = female,
            Age = age,
            Tone = tone,
            Skin = skin,
            Width = Draw(female ? 0.68 : 0.71, 0.042),
            Jaw = Draw(female ? 0.49 : 0.565, 0.05),
            ChinPoint = Draw(female ? 0.35 : 0.15, 0.32),
            ChinBoss = Draw(female ? 0.05 : 0.075, 0.022),
            Cheek = Draw(female ? 0.055 : 0.045, 0.022),
            Length = Draw(1, 0.055),
            NoseLength = Draw(0.40, 0.035),
            NoseWidth = Draw(female ? 0.105 : 0.122, 0.017) * (1.15f - (0.22f * tone)),
            NoseBridge = Draw(0.055, 0.022),
            NoseHeight = Draw(female ? 0.24 : 0.285, 0.04),
            EyeX = Draw(0.295, 0.018),
            EyeWidth = Draw(female ? 0.147 : 0.138, 0.010),
            EyeOpen = Draw(female ? 1.08 : 0.93, 0.13),
            EyeTilt = Draw(0.07, 0.085),
            MouthWidth = Draw(female ? 0.225 : 0.24, 0.024),
            MouthY = Draw(-0.635, 0.022),
            UpperLip = Math.Max(0.028f, Draw(female ? 0.058 : 0.046, 0.013) * (1.25f - (0.35f * tone))),
            LowerLip = Math.Max(0.04f, Draw(female ? 0.078 : 0.066, 0.015) * (1.2f - (0.28f * tone))),
            LipColour = lip,
            BrowY = Draw(female ? 0.205 : 0.185, 0.028),
            BrowThickness = Math.Max(0.014f, Draw(female ? 0.024 : 0.034, 0.009)),
            BrowArch = Draw(female ? 0.05 : 0.03, 0.022),
            BrowTilt = Draw(0.02, 0.05),
            EarSize = Draw(1, 0.14),
            Freckles = tone > 0.5f && random.Chance(0.28) ? (float)random.Uniform(0.4, 1) : 0,
            Blush = (float)random.Uniform(0.1, 1),
            Stubble = female ? 0 : (float)random.Uniform(0.05, 0.55),
            Beard = facialHair && random.Chance(0.6) ? 1 : 0,
            Moustache = facialHair ? 1 : 0,
            Hair = hair,
            BrowColour = brow,
            Style = style,
            HairVolume = Draw(1, 0.22),
            HairlineY = Draw(female ? 0.62 : 0.645, 0.035) + (female ? 0 : 0.04f * age),
            HairPart = random.Chance(0.5) ? (float)random.Uniform(0.25, 0.6) : -(float)random.Uniform(0.25, 0.6),
            Iris = Irises[random.NextInt(darkHairOnly ? 2 : Irises.Length)] * Draw(1, 0.1),
            Glasses = random.Chance(0.24 + (0.2 * age)),
            GlassesRound = (float)random.NextDouble(),
            GlassesColour = random.Pick([Rgb(18, 18, 20), Rgb(60, 34, 20), Rgb(120, 112, 104), Rgb(96, 20, 26), Rgb(24, 36, 70)]),
            Makeup = makeup,
            Seed = (uint)random.NextBits(),
        };
    }
}
