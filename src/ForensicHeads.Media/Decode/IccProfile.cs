using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads ICC profiles of displays and cameras: a curve for each channel and a matrix, or a curve for grey (ICC.1:2022, 8.3, 10.6
/// and 10.18).</summary>
internal static class IccProfile
{
    private const int MostTags = 200;

    /// <summary>XYZ of the profile connection space (D50) to linear sRGB.</summary>
    private static readonly double[] FromD50 =
        [3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427];

    /// <summary>The conversion to sRGB; null where none is needed.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="channels">Channels of the picture: 1 or 3.</param>
    /// <exception cref="FormatException">The profile cannot be used; the message says why.</exception>
    internal static ColourConversion? Read(ReadOnlySpan<byte> profile, int channels)
    {
        try
        {
            if (profile.Length < 132 || !profile.Slice(36, 4).SequenceEqual("acsp"u8))
                throw new FormatException("it is damaged");
            var space = Encoding.ASCII.GetString(profile.Slice(16, 4)).Trim();
            var tags = Tags(profile);
            // HDR says so by code points beside the curves, which cannot hold it (ICC.1:2022, 9.2.17).
            if (tags.TryGetValue("cicp", out var codes) && CodePoints.Transfer(profile[codes][9]) is "smpte2084" or "arib-std-b67")
                return ColourConversion.OfTags(CodePoints.Primaries(profile[codes][8]), CodePoints.Transfer(profile[codes][9]), false);
            if (space == "GRAY" && tags.TryGetValue("kTRC", out var grey))
                return ColourConversion.OfProfile([Curve(profile[grey])], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
            if (space != "RGB" || channels == 1) throw new FormatException($"it is for {space} and the picture is not");
            string[] needed = ["rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"];
            if (needed.Any(name => !tags.ContainsKey(name))) throw new FormatException("it has no matrix, only tables");
            var columns = new double[9];
            for (var i = 0; i < 9; i++) columns[i] = Fixed(profile[tags[needed[i % 3]]], 8 + (i / 3 * 4));
            var curves = new Func<double, double>[3];
            // The same bytes are the same curve, which then needs one table.
            for (var i = 0; i < 3; i++)
                curves[i] = i > 0 && profile[tags[needed[3 + i]]].SequenceEqual(profile[tags[needed[3]]])
                    ? curves[0] : Curve(profile[tags[needed[3 + i]]]);
            return ColourConversion.OfProfile(curves, ColourPrimaries.Product(FromD50, columns));
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException("it is damaged", error);
        }
    }

    private static Dictionary<string, Range> Tags(ReadOnlySpan<byte> profile)
    {
        var tags = new Dictionary<string, Range>(StringComparer.Ordinal);
        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[128..]);
        if (count > MostTags) throw new FormatException("it is damaged");
        for (var i = 0; i < count; i++)
        {
            var entry = profile.Slice(132 + (12 * i), 12);
            var start = checked((int)BinaryPrimitives.ReadUInt32BigEndian(entry[4..]));
            var end = checked(start + (int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]));
            if (end > profile.Length) throw new FormatException("it is cut short");
            tags.TryAdd(Encoding.Latin1.GetString(entry[..4]), start..end);
        }

        return tags;
    }

    private static Func<double, double> Curve(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith("para"u8)) return Parametric(tag);
        if (!tag.StartsWith("curv"u8)) throw new FormatException("it has a curve of an unknown kind");
        var count = checked((int)BinaryPrimitives.ReadUInt32BigEndian(tag[8..]));
        if (count == 0) return v => v;
        if (count == 1)
        {
            var gamma = BinaryPrimitives.ReadUInt16BigEndian(tag[12..]) / 256.0;
            return v => Math.Pow(v, gamma);
        }

        if (count > 1 << 16) throw new FormatException("it is damaged");
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadUInt16BigEndian(tag[(12 + (2 * i))..]) / 65535.0;
        return v =>
        {
            var place = Math.Clamp(v, 0, 1) * (count - 1);
            var low = Math.Min((int)place, count - 2);
            return values[low] + ((place - low) * (values[low + 1] - values[low]));
        };
    }

    private static Func<double, double> Parametric(ReadOnlySpan<byte> tag)
    {
        var kind = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        int[] lengths = [1, 3, 4, 5, 7];
        if (kind >= lengths.Length) throw new FormatException("it has a curve of an unknown kind");
        var p = new double[7];
        for (var i = 0; i < lengths[kind]; i++) p[i] = Fixed(tag, 12 + (4 * i));
        var (g, a, b, c, d, e, f) = (p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
        double Power(double v) => Math.Pow(Math.Max(0, (a * v) + b), g);
        return kind switch
        {
            0 => v => Math.Pow(v, g),
            1 => v => v >= -b / a ? Power(v) : 0,
            2 => v => v >= -b / a ? Power(v) + c : c,
            3 => v => v >= d ? Power(v) : c * v,
            _ => v => v >= d ? Power(v) + e : (c * v) + f,
        };
    }

    private static double Fixed(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) / 65536.0;
}

/// <summary>Numbers of ITU-T H.273 by ffmpeg's names.</summary>
internal static class CodePoints
{
    internal static string Primaries(int code) => code switch
    {
        1 => "bt709",
        4 => "bt470m",
        5 => "bt470bg",
        6 => "smpte170m",
        7 => "smpte240m",
        8 => "film",
        9 => "bt2020",
        10 => "smpte428",
        11 => "smpte431",
        12 => "smpte432",
        22 => "ebu3213",
        _ => "unknown",
    };

    internal static string Transfer(int code) => code switch
    {
        8 => "linear",
        13 => "iec61966-2-1",
        16 => "smpte2084",
        18 => "arib-std-b67",
        _ => "unknown",
    };
}
