using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads ffprobe's JSON.</summary>
internal static class ProbeReport
{
    /// <summary>What is asked of ffprobe.</summary>
    internal const string Entries =
        "stream=index,id,codec_name,pix_fmt,width,height,sample_aspect_ratio,field_order,color_range,color_space,color_transfer,"
        + "color_primaries,avg_frame_rate,r_frame_rate,nb_frames,duration:stream_tags=rotate,alpha_mode:stream_disposition=default,"
        + "attached_pic:stream_side_data=side_data_type,displaymatrix:format=duration:"
        + "frame=stream_index,width,height,interlaced_frame:frame_side_data=side_data_type,displaymatrix";

    /// <summary>The stream that is shown: the default one, else the first; pictures that are attached to sound are none.</summary>
    /// <returns>The stream and its number among the video streams; null when there is none.</returns>
    internal static (JsonElement Stream, int Number)? Shown(JsonElement streams)
    {
        var candidates = streams.EnumerateArray().Where(stream => !Has(stream, "attached_pic")).Select((stream, i) => (stream, i))
            .ToArray();
        if (candidates.Length == 0) return null;
        var chosen = candidates.FirstOrDefault(candidate => Has(candidate.stream, "default"));
        return chosen.stream.ValueKind == JsonValueKind.Object ? chosen : candidates[0];
    }

    /// <summary>The facts of a stream.</summary>
    internal static MediaFacts Read(MediaFacts basis, JsonElement stream, JsonElement root, Func<string, int, int, ContainerGeometry> find)
    {
        int width = Integer(stream, "width"), height = Integer(stream, "height");
        var (codec, index) = (Text(stream, "codec_name") ?? "unknown", Integer(stream, "index"));
        JsonElement[] frames = root.TryGetProperty("frames", out var list)
            ? [.. list.EnumerateArray().Where(frame => Integer(frame, "stream_index") == index)] : [];
        var said = find(Text(stream, "id") ?? "", width, height);
        var orientation = Matrix(stream) ?? said.Orientation ?? frames.Select(Matrix).FirstOrDefault(found => found is not null)
            ?? Orientations.OfDegrees(stream.TryGetProperty("tags", out var tags) ? Number(tags, "rotate") : 0);
        // A later ffmpeg cuts by itself.
        var crop = frames.All(frame => Integer(frame, "width") == width && Integer(frame, "height") == height) ? said.Crop : null;
        var (across, down) = (said.Crop?.Width ?? width, said.Crop?.Height ?? height);
        var aspect = Aspect(stream, said, across, down);
        var shown = (Width: (int)Math.Clamp(Math.Round(across * aspect.Value), Math.Min(across, 1), int.MaxValue), Height: down);
        var colour = VideoColour.Of(codec, Text(stream, "pix_fmt") ?? "", basis.Container == "avif" ? 0 : height,
            Text(stream, "color_range"), Text(stream, "color_space"), Text(stream, "color_primaries"), Text(stream, "color_transfer"))
            .WithProfile(said.Avif?.Icc ?? []);
        var alpha = codec is "vp8" or "vp9" && stream.TryGetProperty("tags", out tags) && Text(tags, "alpha_mode") == "1";
        var interlaced = width >= 3 && height >= 4 && (Text(stream, "field_order") is "tt" or "bb" or "tb" or "bt"
            || frames.Any(frame => Integer(frame, "interlaced_frame") == 1));
        var seconds = Math.Max(0, Number(stream, "duration") is var own and > 0 ? own
            : root.TryGetProperty("format", out var format) ? Number(format, "duration") : 0);
        var rate = Rate(stream, "avg_frame_rate") is var mean and > 0 ? mean : Rate(stream, "r_frame_rate");
        var counted = (long)Number(stream, "nb_frames");
        return basis with
        {
            Codec = codec,
            Width = orientation.Swaps() ? shown.Height : shown.Width,
            Height = orientation.Swaps() ? shown.Width : shown.Height,
            StoredWidth = width,
            StoredHeight = height,
            PixelAspect = aspect.Text,
            Rotation = orientation.Degrees(),
            IsMirrored = orientation.IsMirrored(),
            Assumed = colour.Assumed,
            ToneMapped = colour.Hdr is { } transfer ? ColourWarnings.NameOf(transfer) : null,
            IsDeinterlaced = interlaced,
            Warnings = [.. Warnings(colour, said)],
            Notes = [.. Notes(root.GetProperty("streams"), index, interlaced, said.Crop, width, height)],
            FrameRate = rate,
            Seconds = seconds,
            DeclaredSeconds = seconds,
            DeclaredFrames = counted > 0 ? counted : (long)Math.Min(long.MaxValue / 2, Math.Round(seconds * rate)),
            FramesAreCounted = counted > 0,
            Plan = new VideoPlan
            {
                Stream = index,
                Decoder = !alpha ? null : codec == "vp8" ? "libvpx" : "libvpx-vp9",
                Crop = crop,
                Orientation = orientation,
                IsStretched = shown.Width != across,
                IsInterlaced = interlaced,
                Colour = alpha ? colour.WithAlpha() : colour,
                // Packets of these may be hidden frames, hold two, or none; a field may be a packet of its own.
                PacketsAreFrames = !interlaced && codec is "h264" or "hevc" or "av1" or "vp9" or "mjpeg" or "mpeg1video" or "mpeg2video"
                    or "prores" or "dvvideo" or "png" or "ffv1" or "gif" or "h263" or "rawvideo",
            },
        };
    }

    private static IEnumerable<string> Notes(JsonElement streams, int index, bool interlaced, CropArea? crop, int width, int height)
    {
        var videos = streams.EnumerateArray().Where(stream => !Has(stream, "attached_pic")).ToArray();
        if (videos.Length > 1)
        {
            var all = videos.Select(stream => FormattableString.Invariant(
                $"{Integer(stream, "index")} ({Text(stream, "codec_name")} {Integer(stream, "width")}×{Integer(stream, "height")})"));
            yield return FormattableString.Invariant(
                $"the file has {videos.Length} video streams: {string.Join(", ", all)}; stream {index} was read");
        }

        if (interlaced) yield return "interlaced: fields were made into frames (bwdif)";
        if (crop is { } area)
            yield return FormattableString.Invariant(
                $"cropped to {area.Width}×{area.Height} of {width}×{height} pixels, as the file says");
    }

    private static IEnumerable<string> Warnings(VideoColour colour, ContainerGeometry said)
    {
        if (colour.Hdr is { } hdr) yield return ColourWarnings.ToneMapped(hdr);
        if (colour.Warning is { } warning) yield return warning;
        if (said.Avif is { HasAlpha: true }) yield return "transparency: that of an AVIF is not read; what it hides may show";
    }

    private static (double Value, string Text) Aspect(JsonElement stream, ContainerGeometry said, int width, int height)
    {
        // ffmpeg 5 takes Matroska's size on the screen for that of the whole picture, and it is that of the part that is shown.
        if (said is { Crop: not null, DisplaySize: { } size }) return Fraction(size.Width * height, size.Height * width);
        var parts = (Text(stream, "sample_aspect_ratio") ?? "").Split(':');
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var above)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var below) ? Fraction(above, below) : (1, "1:1");
    }

    private static (double, string) Fraction(double above, double below) => above > 0 && below > 0
        ? (above / below, string.Create(CultureInfo.InvariantCulture, $"{above}:{below}")) : (1, "1:1");

    private static Orientation? Matrix(JsonElement element)
    {
        if (!element.TryGetProperty("side_data_list", out var list)) return null;
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "displaymatrix") is not { } text) continue;
            // Three rows, each behind its number.
            var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(row => row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row.Length == 3).ToArray();
            if (rows.Length < 2) continue;
            double At(int row, int column) => double.Parse(rows[row][column], CultureInfo.InvariantCulture);
            return Orientations.OfMatrix(At(0, 0), At(0, 1), At(1, 0), At(1, 1));
        }

        return null;
    }

    private static bool Has(JsonElement stream, string disposition) =>
        stream.TryGetProperty("disposition", out var all) && Integer(all, disposition) == 1;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Integer(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetInt32() : 0;

    private static double Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : 0;

    private static double Rate(JsonElement element, string name)
    {
        var parts = (Text(element, name) ?? "").Split('/');
        var valid = parts.Length == 2 & double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var above)
            & double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var below);
        return valid && below > 0 && above > 0 ? above / below : 0;
    }
}
