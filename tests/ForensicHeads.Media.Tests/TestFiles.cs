using System.Diagnostics;
using ForensicHeads.Foundation;

namespace ForensicHeads.Media.Tests;

/// <summary>A folder of a test's own with media made on the spot, removed at its end.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("forensicheads-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Runs ffmpeg with <c>{}</c> standing for the file to make; returns its path.</summary>
    public string Make(string name, string arguments)
    {
        var path = this[name];
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "{}" ? path : word.Replace("{dir}", Folder, StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. words]) { RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaint);
        return path;
    }

    /// <summary>A moving test picture without a face: 50 frames of 160×120 at 25 frames a second.</summary>
    public string Video(string name = "video.mp4", string more = "") =>
        Make(name, $"-f lavfi -i testsrc2=size=160x120:rate=25:duration=2 -pix_fmt yuv420p {more} {{}}");

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public static string Reason(string path, MediaLimits? limits = null) =>
        Assert.Throws<MediaRejectedException>(() => MediaProbe.Inspect(path, limits)).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
