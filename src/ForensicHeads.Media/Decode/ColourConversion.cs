namespace ForensicHeads.Media.Decode;

/// <summary>Brings RGB of another colour space to sRGB: to linear light, to the primaries of BT.709, and back to code values; high dynamic
/// range goes through <see cref="TransferCurve.ToneMap"/> in between. Colours that sRGB cannot show are clipped. Immutable.</summary>
internal sealed class ColourConversion
{
    private const int Codes = 65536;

    /// <summary>Steps of the way back, in the root of the light: near black, too, a step is a quarter of a grey level at most.</summary>
    private const int Steps = 4096;

    private readonly float[][] linear;
    private readonly float[] matrix;
    private readonly byte[] encode = new byte[Steps];
    private readonly bool toneMaps;

    private ColourConversion(Func<double, double>[] curves, double[] matrix, Func<double, double> encoder, bool toneMaps = false)
    {
        // Channels of one curve share one table.
        var tables = curves.Distinct().ToDictionary(curve => curve,
            curve => Enumerable.Range(0, Codes).Select(i => (float)curve(i / (Codes - 1.0))).ToArray());
        linear = [.. Enumerable.Range(0, 3).Select(channel => tables[curves[Math.Min(channel, curves.Length - 1)]])];
        this.matrix = Array.ConvertAll(matrix, value => (float)value);
        this.toneMaps = toneMaps;
        for (var i = 0; i < Steps; i++)
            encode[i] = (byte)Math.Round(255 * Math.Clamp(encoder(Math.Pow(i / (Steps - 1.0), 2)), 0, 1));
    }

    /// <summary>From tags as ffmpeg names them; null where nothing has to be done.</summary>
    /// <param name="primaries">Primaries.</param>
    /// <param name="transfer">Transfer characteristics. Those of SDR television are all taken for one, as every player takes them.</param>
    /// <param name="limited">Whether the codes run from 16 to 235, as they do in limited-range RGB and grey.</param>
    /// <param name="brightest">The code of a channel that is fully lit. ffmpeg's <c>scale</c> makes 255 · 256 of it where it computes
    /// RGB, which left PQ two levels too dark.</param>
    internal static ColourConversion? OfTags(string primaries, string transfer, bool limited, int brightest = Codes - 1)
    {
        var reach = (Codes - 1.0) / brightest;
        var space = ColourPrimaries.Of(primaries) ?? ColourPrimaries.Bt709;
        var wide = space != ColourPrimaries.Bt709;
        Func<double, double> Code(Func<double, double> curve) => limited ? v => curve(Math.Clamp(((v * reach * 255) - 16) / 219, 0, 1))
            : v => curve(Math.Min(v * reach, 1));
        return transfer switch
        {
            "smpte2084" => new([Code(TransferCurve.FromPq)], space.ToBt709(), TransferCurve.ToSrgb, toneMaps: true),
            "arib-std-b67" => new([Code(TransferCurve.FromHlg)], space.ToBt709(), TransferCurve.ToSrgb, toneMaps: true),
            "linear" => new([Code(v => v)], space.ToBt709(), TransferCurve.ToSrgb),
            "iec61966-2-1" when wide || limited => new([Code(TransferCurve.FromSrgb)], space.ToBt709(), TransferCurve.ToSrgb),
            _ when wide || limited => new([Code(v => Math.Pow(v, TransferCurve.DisplayGamma))], space.ToBt709(),
                x => Math.Pow(x, 1 / TransferCurve.DisplayGamma)),
            _ => null,
        };
    }

    /// <summary>From three curves (or one for all) to linear light and a matrix to that of BT.709; null where the whole changes no colour
    /// by more than a grey level and a half, as it is with the profiles of sRGB.</summary>
    internal static ColourConversion? OfProfile(Func<double, double>[] curves, double[] matrix)
    {
        var conversion = new ColourConversion(curves, matrix, TransferCurve.ToSrgb);
        Span<ushort> colour = stackalloc ushort[3];
        Span<byte> result = stackalloc byte[3];
        for (var i = 0; i < 9 * 9 * 9; i++)
        {
            for (var (c, rest) = (0, i); c < 3; c++, rest /= 9) colour[c] = (ushort)(rest % 9 * 8191);
            conversion.Apply(colour, result);
            for (var c = 0; c < 3; c++) if (Math.Abs(result[c] - (colour[c] / 257.0)) > 1.5) return conversion;
        }

        return null;
    }

    /// <summary>Converts pixels.</summary>
    /// <param name="source">R, G, B in 16 bits each.</param>
    /// <param name="target">R, G, B in 8 bits each; as many.</param>
    internal void Apply(ReadOnlySpan<ushort> source, Span<byte> target)
    {
        float[] red = linear[0], green = linear[1], blue = linear[2], m = matrix;
        for (var i = 0; i + 2 < source.Length; i += 3)
        {
            float r = red[source[i]], g = green[source[i + 1]], b = blue[source[i + 2]];
            (r, g, b) = ((m[0] * r) + (m[1] * g) + (m[2] * b), (m[3] * r) + (m[4] * g) + (m[5] * b), (m[6] * r) + (m[7] * g) + (m[8] * b));
            if (toneMaps && MathF.Max(r, MathF.Max(g, b)) is > 0.9f and var brightest)
            {
                // One factor for all three, so that a bright colour keeps its hue.
                var factor = (float)TransferCurve.ToneMap(brightest) / brightest;
                (r, g, b) = (r * factor, g * factor, b * factor);
            }

            (target[i], target[i + 1], target[i + 2]) = (Code(r), Code(g), Code(b));
        }
    }

    private byte Code(float light) => encode[(int)((MathF.Sqrt(Math.Clamp(light, 0, 1)) * (Steps - 1)) + 0.5f)];
}

/// <summary>Between code values 0 … 1 and linear light, where 1 is a diffuse white.</summary>
internal static class TransferCurve
{
    /// <summary>Luminance of a diffuse white in HDR, in cd/m² (ITU-R BT.2408).</summary>
    internal const double WhiteNits = 203;

    /// <summary>Luminance that becomes the brightest code value, in cd/m²: the nominal peak of HLG and of most masters in PQ.</summary>
    internal const double PeakNits = 1000;

    /// <summary>Exponent of a display for BT.709, BT.601 and BT.2020 (ITU-R BT.1886).</summary>
    internal const double DisplayGamma = 2.4;

    /// <summary>Where the tone curve leaves the straight line, as a share of diffuse white.</summary>
    private const double Knee = 0.95;

    /// <summary>sRGB to linear (IEC 61966-2-1).</summary>
    internal static double FromSrgb(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    /// <summary>Linear to sRGB (IEC 61966-2-1).</summary>
    internal static double ToSrgb(double x) => x <= 0.0031308 ? 12.92 * x : (1.055 * Math.Pow(x, 1 / 2.4)) - 0.055;

    /// <summary>PQ to linear, diffuse white = 1 (SMPTE ST 2084).</summary>
    internal static double FromPq(double v)
    {
        const double M1 = 2610.0 / 16384, M2 = 2523.0 / 4096 * 128, C1 = 3424.0 / 4096, C2 = 2413.0 / 4096 * 32, C3 = 2392.0 / 4096 * 32;
        var power = Math.Pow(v, 1 / M2);
        return 10_000 / WhiteNits * Math.Pow(Math.Max(power - C1, 0) / (C2 - (C3 * power)), 1 / M1);
    }

    /// <summary>
    /// HLG to linear, diffuse white = 1, on a display of <see cref="PeakNits"/> (ITU-R BT.2100). The display's gamma of 1.2 acts on each
    /// channel, as in ffmpeg's <c>zscale</c>, and not on the luminance: so what was made from SDR with the same tools comes back as it was.
    /// </summary>
    internal static double FromHlg(double v)
    {
        const double A = 0.17883277, B = 1 - (4 * A), C = 0.55991073;
        var scene = v <= 0.5 ? v * v / 3 : (Math.Exp((v - C) / A) + B) / 12;
        return PeakNits / WhiteNits * Math.Pow(scene, 1.2);
    }

    /// <summary>
    /// The one tone curve: light up to 0.95 of diffuse white stays as it is, what is brighter is bent towards 1, which it reaches at
    /// <see cref="PeakNits"/> (Mobius, as in ffmpeg's <c>tonemap</c> filter). So a face is as bright as in the SDR version of the same
    /// picture.
    /// </summary>
    internal static double ToneMap(double x)
    {
        const double Peak = PeakNits / WhiteNits, J = Knee;
        if (x <= J) return x;
        const double A = -J * J * (Peak - 1) / ((J * J) - (2 * J) + Peak), B = ((J * J) - (2 * J * Peak) + Peak) / (Peak - 1);
        return Math.Min(1, ((B * B) + (2 * B * J) + (J * J)) / (B - A) * (x + A) / (x + B));
    }
}
