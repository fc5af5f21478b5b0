#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RunAnalyzers=false
#:project ../src/ForensicHeads.Detector/ForensicHeads.Detector.csproj
#:project ../src/ForensicHeads.Reporting/ForensicHeads.Reporting.csproj
using ForensicHeads.Datasets.Procedural;
using ForensicHeads.Datasets.Splits;
using ForensicHeads.Datasets.Store;
using ForensicHeads.Detector.Features;
using ForensicHeads.Detector.Training;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Export;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Statistics;
//# # A feature family of one's own
//#
//# Run it with `dotnet run -c Release notebooks/03-own-feature-family.cs`; a second argument says where the page goes (the first is empty
//# then). A family is a class that turns a picture into a fixed number of floats. This one counts how often the brightness turns along rows:
//# smoothed or enlarged pictures turn less often. One line makes it known to everything that takes families by name, with nothing of ours
//# edited.

var page = new NotebookPage(args.ElementAtOrDefault(1));
var temporary = Directory.CreateTempSubdirectory("own-family").FullName;
var store = ProceduralStore.Render(new ProceduralOptions { Identities = 12, Videos = 1, Frames = 6, Size = 64, Camera = true }, Path.Combine(temporary, "store"), null, default);
var frames = store.Frames.OrderBy(frame => frame.Key, StringComparer.Ordinal).ToArray();
RgbImage[] real = [.. frames.Select(frame => store.ReadImage(frame))];
RgbImage[] made = [.. real.Select(Softened)];
FeatureFamilies.OfPictures.Add(new BrightnessTurns());
page.Show("pairs", "Frames of rendered people, and the same a little softened: each pixel is three quarters itself and one quarter its neighbours.", new PictureGrid(
    [.. Enumerable.Range(1, 6).Select(i => $"{i}")], [new PictureRow("true", [.. Enumerable.Range(0, 6).Select(i => real[12 * i])]), new PictureRow("softened", [.. Enumerable.Range(0, 6).Select(i => made[12 * i])])]) { CellSize = 96 });

//# ## Beside a family that is there
//#
//# `FeatureLayout.Of` lays families side by side, `FeatureExtractor` measures on all cores.

var own = FeatureFamilies.OfPictures.ByName("brightness_turns");
var layout = FeatureLayout.Of([own, FeatureFamilies.OfPictures.ByName("spectrum")], 64);
var features = FeatureExtractor.Extract(2 * real.Length, i => i < real.Length ? real[i] : made[i - real.Length], layout);
page.Show($"{features.Length} frames, {layout.Length} columns, {own.Length(64)} of them {own.Name}: {string.Join(", ", own.ColumnNames(64).Take(3))} …");

//# ## How far each goes alone
//#
//# Half of the people fix the direction (difference of the class means over the columns' variances), the other half are scored: no person is on both
//# sides, and the interval is over people. The softening is slight on purpose, or everything would be told.

var people = frames.Select(frame => frame.Identity).Distinct().Order(StringComparer.Ordinal).ToArray();
bool IsTrained(int row) => Array.IndexOf(people, frames[row % real.Length].Identity) % 2 == 0;
var results = new (string Name, int From, int To)[] { (own.Name, 0, own.Length(64)), ("spectrum", own.Length(64), layout.Length), ("all", 0, layout.Length) }
    .Select(family => (family.Name, Columns: family.To - family.From, Auc: ClusteredAuc.Interval(Scores(family.From, family.To)))).ToArray();
page.Show(new TextTable("families", "AUC of frames on held-out people.", ["family", "columns", "people", "AUC [95 %]"],
    [.. results.Select(row => (IReadOnlyList<string>)[row.Name, $"{row.Columns}", $"{row.Auc.Identities}", FormattableString.Invariant($"{row.Auc.Value:0.000} [{row.Auc.Low:0.000}, {row.Auc.High:0.000}]")])]));
page.Show(FigureTable.Of("families.own", ["name", "series", "value", "ci_low", "ci_high", "condition", "level", "detector", "n_identities"],
    results.Select(row => new object?[] { row.Name, "softened frames", row.Auc.Value, row.Auc.Low, row.Auc.High, "softened", "frame", "", row.Auc.Identities })));

//# ## In a detector
//#
//# The softened frames make a store of fakes, and a detector learns from both stores as `detect train` does. What it saves names its
//# families, so whoever loads it adds the family first.

using (var writer = StoreWriter.Create(Path.Combine(temporary, "softened"), store.Info with { Name = "softened", Arguments = ["softened"] }))
{
    foreach (var (frame, image) in frames.Zip(made)) writer.Add(frame with { Origin = FrameOrigin.MadeBy("softening") }, image);
    writer.Complete();
}

var fakes = FrameStore.Open(Path.Combine(temporary, "softened"));
var roles = new SplitOptions { Name = "own", Seed = 1, Generator = 0, Train = 0.5, Validation = 0.25, Calibration = 0.25, Test = 0 };
var trained = DetectorTraining.Run(new TrainingRequest
{
    Real = [store],
    Generated = [fakes],
    Split = SplitMaker.Make([store, fakes], roles),
    SplitName = "drawn",
    Families = ["spectrum", "brightness_turns"],
}, Path.Combine(temporary, "detector"));
page.Show(new TextTable("detector", "What the detector loses when a family is shuffled among the frames of validation people.",
    ["family", "columns", "AUC falls by"], [.. trained.Manifest.Importance.Select(family => (IReadOnlyList<string>)
        [family.Family, $"{FeatureFamilies.OfPictures.ByName(family.Family).Length(64)}", FormattableString.Invariant($"{family.AucDrop:0.000}")])]));
Console.WriteLine(page.Save());
Directory.Delete(temporary, recursive: true);

//# ## The scores, the softening and the family

IEnumerable<ClusteredScore> Scores(int from, int to)
{
    var trained = Enumerable.Range(0, features.Length).Where(IsTrained).ToArray();
    var weights = Enumerable.Range(from, to - from).Select(column =>
    {
        var (a, b) = (trained.Where(row => row < real.Length).Select(row => (double)features[row][column]).ToArray(), trained.Where(row => row >= real.Length).Select(row => (double)features[row][column]).ToArray());
        var spread = a.Sum(value => Math.Pow(value - a.Average(), 2)) + b.Sum(value => Math.Pow(value - b.Average(), 2));
        return spread > 0 ? (b.Average() - a.Average()) / spread : 0;
    }).ToArray();
    return Enumerable.Range(0, features.Length).Where(row => !IsTrained(row))
        .Select(row => new ClusteredScore(frames[row % real.Length].Identity, row >= real.Length, weights.Select((weight, i) => weight * features[row][from + i]).Sum()));
}

static RgbImage Softened(RgbImage image)
{
    var result = new RgbImage(image.Width, image.Height);
    for (var y = 0; y < image.Height; y++)
    {
        for (var x = 0; x < image.Width; x++)
        {
            for (var c = 0; c < 3; c++)
            {
                int At(int dx, int dy) => image[Math.Clamp(x + dx, 0, image.Width - 1), Math.Clamp(y + dy, 0, image.Height - 1)][c];
                result[x, y][c] = (byte)Math.Round((0.75 * At(0, 0)) + ((At(-1, 0) + At(1, 0) + At(0, -1) + At(0, 1)) / 16.0));
            }
        }
    }

    return result;
}

/// <summary>In each of four horizontal bands: the share of pixels at which the brightness turns, and the mean height of a turn.</summary>
sealed class BrightnessTurns : IFeatureFamily
{
    private const int Bands = 4;

    public string Name => "brightness_turns";

    public int Length(int size) => 2 * Bands;

    public IReadOnlyList<string> ColumnNames(int size) => [.. Enumerable.Range(0, Bands).SelectMany(band => new[] { $"share_{band}", $"height_{band}" })];

    public void Compute(RgbImage image, Span<float> features)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (turns, height, pixels) = (0, 0.0, 0);
            for (var y = band * image.Height / Bands; y < (band + 1) * image.Height / Bands; y++)
            {
                for (var x = 1; x + 1 < image.Width; x++)
                {
                    var (left, here, right) = (Grey(image, x - 1, y), Grey(image, x, y), Grey(image, x + 1, y));
                    pixels++;
                    if ((here - left) * (right - here) >= 0) continue;
                    turns++;
                    height += Math.Abs(here - ((left + right) / 2));
                }
            }

            features[2 * band] = (float)turns / pixels;
            features[(2 * band) + 1] = turns == 0 ? 0 : (float)(height / turns);
        }
    }

    private static double Grey(RgbImage image, int x, int y) => (0.299 * image[x, y][0]) + (0.587 * image[x, y][1]) + (0.114 * image[x, y][2]);
}
