using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads ffprobe's JSON.</summary>
internal static class ProbeReport
{
    internal static MediaFacts Read(MediaFacts basis, JsonElement stream, JsonElement root)
    {
        var rotation = Rotation(stream);
        int width = Integer(stream, "width"), height = Integer(stream, "height");
        var turned = rotation is 90 or 270;
        var rate = Rate(stream, "avg_frame_rate") is var mean and > 0 ? mean : Rate(stream, "r_frame_rate");
        var seconds = Number(stream, "duration");
        if (seconds <= 0 && root.TryGetProperty("format", out var format)) seconds = Number(format, "duration");
        seconds = Math.Max(0, seconds);
        var counted = (long)Number(stream, "nb_frames");
        return basis with
        {
            Codec = stream.TryGetProperty("codec_name", out var codec) ? codec.GetString() ?? "unknown" : "unknown",
            Width = turned ? height : width,
            Height = turned ? width : height,
            Rotation = rotation,
            FrameRate = rate,
            Seconds = seconds,
            DeclaredFrames = counted > 0 ? counted : (long)Math.Min(long.MaxValue / 2, Math.Round(seconds * rate)),
            FramesAreCounted = counted > 0,
        };
    }

    private static int Rotation(JsonElement stream)
    {
        var degrees = 0.0;
        if (stream.TryGetProperty("side_data_list", out var list))
        {
            // The display matrix turns counter-clockwise.
            foreach (var item in list.EnumerateArray()) if (item.TryGetProperty("rotation", out var value)) degrees = -value.GetDouble();
        }
        else if (stream.TryGetProperty("tags", out var tags))
        {
            degrees = Number(tags, "rotate");
        }

        return (int)((Math.Round(degrees / 90) * 90 % 360) + 360) % 360;
    }

    private static int Integer(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetInt32() : 0;

    private static double Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : 0;

    private static double Rate(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return 0;
        var parts = (value.GetString() ?? "").Split('/');
        var valid = parts.Length == 2 & double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var above)
            & double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var below);
        return valid && below > 0 && above > 0 ? above / below : 0;
    }
}
