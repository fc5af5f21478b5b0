using System.Globalization;
using ForensicHeads.Cli.Tests.Hostile;

namespace ForensicHeads.Cli.Tests;

/// <summary>A folder of files of which one in twenty is broken. <c>FORENSICHEADS_FILES=1000</c> takes so many, in processes of their own,
/// and compares their memory with that of a quarter.</summary>
public sealed class ManyFilesTests : IDisposable
{
    private const int Usual = 40;
    private const int Side = 128;
    private const int BrokenEvery = 20;

    // MiB that the peak may grow while four times as many files are read: allocator noise, and some hundred bytes a file.
    private const long Slack = 150;

    private static readonly byte[][] Broken =
        ["no picture"u8.ToArray(), [], "#EXTM3U\nother.mp4\n"u8.ToArray(),
        [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0, 0, 0, 0],
        [0xFF, 0xD8, 0xFF, 0xE0]];

    private readonly TestCli cli = new();

    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable("FORENSICHEADS_FILES"), NumberStyles.None, CultureInfo.InvariantCulture,
        out var asked) ? asked : null;

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Every_good_file_is_in_the_store_and_every_broken_one_in_the_list()
    {
        var models = SharedData.Models;
        if (Asked is not { } many)
        {
            Make("files", Usual);
            Holds(Usual, (await cli.Run("ingest", cli["files"], "--out", cli["store"], "--models", models, "--size", "64")).Code, "store");
            return;
        }

        long Peak(string name, int count)
        {
            Make(name, count);
            Holds(count, Ingest(name, models), name + "-store");
            return Memory.ChildPeak;
        }

        // The kernel keeps the largest of all children, so the smaller run comes first.
        var (quarter, whole) = (Peak("quarter", many / 4), Peak("whole", many));
        TestContext.Current.SendDiagnosticMessage($"peak of {many / 4} files {quarter} MiB, of {many} files {whole} MiB");
        Assert.InRange(whole, quarter, quarter + Slack);
    }

    private void Make(string name, int count)
    {
        var folder = Directory.CreateDirectory(cli[name + "/ann"]).FullName;
        var video = new ProceduralVideo(ProceduralPerson.Create(5, 3), 0, 5);
        var image = video.Render(0, Side).Image;
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:D4}.jpg"));
            if (i % BrokenEvery == BrokenEvery - 1)
            {
                File.WriteAllBytes(path, Broken[i / BrokenEvery % Broken.Length]);
                continue;
            }

            // A face every time, and every file another one.
            (image.Pixels[0], image.Pixels[1]) = ((byte)i, (byte)(i >> 8));
            File.WriteAllBytes(path, ImageCodec.EncodePng(image));
        }
    }

    private void Holds(int count, int code, string store)
    {
        Assert.Equal(3, code);
        var opened = FrameStore.Open(cli[store]);
        var broken = Enumerable.Range(0, count).Where(i => i % BrokenEvery == BrokenEvery - 1).ToArray();
        Assert.Equal(broken.Select(i => string.Create(CultureInfo.InvariantCulture, $"ann/{i:D4}.jpg")),
            opened.ReadRejected().Select(line => line.File).Order(StringComparer.Ordinal));
        Assert.All(opened.ReadRejected(), line =>
            Assert.True(line.Reason.Length > 0 && !line.Reason.Contains('\n', StringComparison.Ordinal)));
        Assert.Equal(count - broken.Length, opened.Videos.Count());
    }

    private int Ingest(string name, string models)
    {
        using var process = TestCli.Start(["ingest", cli[name], "--out", cli[name + "-store"], "--models", models, "--size", "64"]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
