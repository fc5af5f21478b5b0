using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Reporting.Tests.Html;

public partial class ScorePageTests
{
    [Fact]
    public void Names_and_reasons_of_strangers_are_escaped()
    {
        const string Evil = "<script>alert('x')</script>&\".mp4";
        var page = ScorePage.Compose(
            Inputs(File()
            with
            {
                Name = Evil,
                Answer = Evil,
                Word = Evil,
                Warnings = [Evil],
                Facts = [new ReportFact(Evil, Evil)],
                Tracks = [Track()
            with { Title = Evil, Answer = Evil, Families = [(Evil, 1)], Pictures = [new ScoredPicture(Evil, new byte[] { 1 })] }]
            },
            File()));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("&\"", page, StringComparison.Ordinal);
        Assert.Equal(12, page.Split("&lt;script&gt;").Length - 1);
    }

    [Fact]
    public void The_page_needs_no_network_and_is_the_same_every_time()
    {
        var page = ScorePage.Compose(Inputs(File()));
        Assert.Equal(page, ScorePage.Compose(Inputs(File())));
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        foreach (var words in new[] { "clip.mp4 is consistent with real", "trained on little", "small face", "data:image/png;base64,AQID",
            "dct_beta", "+0.75", "−0.25", "SHA-256", "detect score clip.mp4" }) Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_stand_in_a_table_with_links()
    {
        var page =
            ScorePage.Compose(Inputs(File(), File() with { Name = "other.png", Llr = null, Score = null, Word = "rejected", Tracks = [] }));
        Assert.Contains("2 files", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#file-1\">other.png</a>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"file-1\"", page, StringComparison.Ordinal);
        Assert.Contains("<td>rejected</td><td>–</td><td>–</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_draws_the_mean_of_each_stretch_and_breaks_where_no_face_was_seen()
    {
        // One second, a gap of two, one second; 0 first, then 2.
        double[] times = [.. Enumerable.Range(0, 25).Select(i => i / 25.0), .. Enumerable.Range(75, 26).Select(i => i / 25.0)];
        var page = ScorePage.Compose(
            Inputs(File() with { Tracks = [Track() with { Times = times, Scores = [.. times.Select(time => time < 2 ? 0f : 2f)] }] }));
        var lines = MeanLine().Matches(page).Select(match => match.Groups[1].Value.Split(' ')).ToArray();
        Assert.Equal(2, lines.Length);
        // The middle of the plot, 10 … 174 px high for −4 … 4, is 0; a quarter of it higher is 2.
        Assert.All(lines[0], point => Assert.Equal(92, Y(point), 1e-6));
        Assert.All(lines[1], point => Assert.Equal(51, Y(point), 1e-6));

        static double Y(string point) => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_single_frame_has_no_timeline()
    {
        var page = ScorePage.Compose(Inputs(File() with { Tracks = [Track() with { Times = [0], Scores = [1f] }] }));
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("class=\"mean\" points=\"([^\"]*)\"")]
    private static partial Regex MeanLine();

    private static ScorePageInputs Inputs(params ScoredFile[] files) => new()
    {
        Scope = "trained on little",
        Command = "forensicheads detect score clip.mp4",
        Detector = [new ReportFact("trainer", "LightGbm")],
        Files = files,
    };

    private static ScoredFile File() => new()
    {
        Name = "clip.mp4",
        Answer = "clip.mp4 is consistent with real",
        Word = "consistent with real",
        Llr = -0.9,
        Score = -2,
        Facts = [new ReportFact("SHA-256", "abc")],
        Warnings = ["small face"],
        Tracks = [Track()],
    };

    private static ScoredTrack Track() => new()
    {
        Title = "track 0",
        Answer = "Score −2.",
        Times = [0, 0.04, 0.08],
        Scores = [-1, -2, -3],
        Range = (-4, 3),
        Pictures = [new ScoredPicture("a frame", new byte[] { 1, 2, 3 })],
        Families = [("dct_beta", 0.75), ("npr_stats", -0.25)],
    };
}
