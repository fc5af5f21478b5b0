namespace ForensicHeads.Media.Decode;

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
