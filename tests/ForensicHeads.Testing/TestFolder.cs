using System.Diagnostics;

namespace ForensicHeads.Testing;

/// <summary>A folder of a test's own, with files and media made on the spot, removed at its end.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("forensicheads-test-").FullName;

    /// <summary>The path of an entry, whether it is there or not.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file; gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a file; gives its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Runs ffmpeg with <c>{}</c> standing for the file to make and <c>{dir}</c> for the folder; gives its path.</summary>
    public string Make(string name, string arguments)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word == "{}" ? this[name] : word.Replace("{dir}", Path, StringComparison.Ordinal));
        string[] all = ["-v", "error", "-y", .. words];
        var start = new ProcessStartInfo("ffmpeg", all) { RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaint);
        return this[name];
    }

    /// <summary>A moving test picture without a face: 50 frames of 160×120 at 25 frames a second.</summary>
    public string Video(string name = "video.mp4", string more = "") =>
        Make(name, $"-f lavfi -i testsrc2=size=160x120:rate=25:duration=2 -pix_fmt yuv420p {more} {{}}");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
