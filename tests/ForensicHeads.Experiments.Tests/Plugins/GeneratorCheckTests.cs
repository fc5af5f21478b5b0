using System.Diagnostics;
using ForensicHeads.Experiments.Plugins;

namespace ForensicHeads.Experiments.Tests.Plugins;

public sealed class GeneratorCheckTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cp $2/0*.png $3/", "the frames are the driver's own, so nothing was made")]
    [InlineData("for f in $2/0*.png; do cp $1/000.png $3/$(basename $f); done", "every frame is one of the shots, so nothing moves")]
    [InlineData("for f in $2/0*.png; do cp $2/003.png $3/$(basename $f); done", "all frames are alike, and the driver's are not")]
    [InlineData("cp $2/000.png $3/", "it made no 001.png")]
    [InlineData("echo no module named torch >&2; exit 1", "it ended with exit code 1; it said: no module named torch")]
    public void What_is_wrong_is_said_in_a_line(string script, string wrong)
    {
        File.WriteAllText(folder["x.generator.json"], CanonicalJson.ToText(new
        {
            name = "x",
            licence = "for tests",
            command = new[] { "sh", "-c", script, "sh", "{shots}", "{driver}", "{out}" },
        }));
        var found = GeneratorCheck.Run(folder["x.generator.json"], 64, Cancellation);
        Assert.Contains(wrong, found.Wrong, StringComparison.Ordinal);
        Assert.NotEmpty(found.Picture());
    }

    [Fact]
    public void Colours_that_are_exchanged_and_frames_without_any_are_seen()
    {
        var random = new Random(1);
        RgbImage Picture(int red, int blue)
        {
            var image = new RgbImage(8, 8);
            for (var i = 0; i < image.Pixels.Length; i++)
                image.Pixels[i] = (byte)((i % 3) switch { 0 => red, 1 => 100, _ => blue } + random.Next(40));
            return image;
        }

        var points = new Landmarks68(new float[136]);
        var task = new GeneratorTask
        {
            Identity = "p",
            Shots = [new Shot(Picture(180, 60), points)],
            Drivers = [new Shot(Picture(170, 70), points), new Shot(Picture(180, 60), points)],
        };
        Assert.Null(GeneratorCheck.Doubt(task, [Picture(175, 65), Picture(178, 62)]));
        Assert.Contains("was BGR written as RGB?", GeneratorCheck.Doubt(task, [Picture(65, 175), Picture(62, 178)]),
            StringComparison.Ordinal);
        Assert.Contains("values of 0 to 1", GeneratorCheck.Doubt(task, [new RgbImage(8, 8), new RgbImage(8, 8)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warp")]
    [InlineData("warp-warm")]
    public void The_example_in_Python_makes_frames_that_follow_the_driver(string name)
    {
        Assert.SkipUnless(HasPython, WithoutPython);
        var found = GeneratorCheck.Run(Repository.At($"notebooks/plugins/{name}.generator.json"), 64, Cancellation);
        Assert.Null(found.Wrong);
        Assert.Equal(8, found.Frames.Count);
    }

    internal const string WithoutPython = "Python 3 with NumPy is not here, which the example needs (apt-get install python3-numpy).";

    internal static bool HasPython
    {
        get
        {
            try
            {
                var start = new ProcessStartInfo("python3", ["-c", "import numpy"]) { RedirectStandardError = true };
                using var process = Process.Start(start)!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
