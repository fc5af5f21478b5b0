#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RunAnalyzers=false
#:project ../src/ForensicHeads.Datasets/ForensicHeads.Datasets.csproj
#:project ../src/ForensicHeads.Reporting/ForensicHeads.Reporting.csproj
using ForensicHeads.Datasets.Store;
using ForensicHeads.Datasets.Procedural;
using ForensicHeads.Reporting.Export;
using ForensicHeads.Reporting.Figures;
//# # A first look at a store
//#
//# Run it with `dotnet run -c Release notebooks/01-first-look.cs`, or on a store of yours with
//# `dotnet run -c Release notebooks/01-first-look.cs -- STORE`; a second argument says where the page goes.
//# Everything in a store is a frame: a lossless picture and a row of `index.parquet`. Without an argument six people of nobody are rendered.

var page = new NotebookPage(args.ElementAtOrDefault(1));
var temporary = Directory.CreateTempSubdirectory("first-look").FullName;
var store = args.Length > 0 && args[0].Length > 0
    ? FrameStore.Open(args[0])
    : ProceduralStore.Render(new ProceduralOptions { Identities = 6, Videos = 2, Frames = 8, Size = 96 }, Path.Combine(temporary, "store"), null, default);
page.Show($"{store.Frames.Count} frames of {store.Identities.Count()} people in {store.Videos.Count()} videos, {store.Info.Size} px; {store.ReadRejected().Count} inputs were left out");

//# ## Who is in it
//#
//# A person, a video and a licence are columns. Only frames with `may_generate` may become fakes.

page.Show(new TextTable("people", "Frames by person.", ["person", "videos", "frames", "licence", "may be re-enacted", "mean landmark confidence"],
    [.. store.Identities.Select(person => (Person: person, Frames: store.FramesOf(person).ToArray())).Select(row => (IReadOnlyList<string>)
    [
        row.Person, $"{row.Frames.Select(frame => frame.Video).Distinct().Count()}", $"{row.Frames.Length}", row.Frames[0].Licence, row.Frames.All(frame => frame.MayGenerate) ? "yes" : "no",
        FormattableString.Invariant($"{row.Frames.Average(frame => frame.LandmarkConfidence):0.00}"),
    ])]));

//# ## What they look like
//#
//# One row a person: the first frame of each video, then the one that lies farthest from it in landmarks.

var columns = store.Identities.Max(person => store.VideosOf(person).Count());
page.Show("people", "People of the store: of each video the first frame and the one whose landmarks differ most from it.", new PictureGrid(
    [.. Enumerable.Range(1, columns).SelectMany(video => new[] { $"video {video}\nfirst", $"video {video}\nfarthest" })],
    [.. store.Identities.Take(6).Select(person => new PictureRow(person, [.. Enumerable.Range(0, columns).SelectMany(video =>
    {
        var name = store.VideosOf(person).Skip(video).FirstOrDefault();
        if (name is null) return new ForensicHeads.Foundation.RgbImage?[2];
        var frames = store.FramesOfVideo(name).OrderBy(frame => frame.FrameNumber).ToArray();
        return [store.ReadImage(frames[0]), store.ReadImage(frames.MaxBy(frame => Distance(frame, frames[0]))!)];
    })]))])
{ CellSize = 112 });

//# ## How bright and how sharp
//#
//# Differences in such trivial numbers between real and generated frames would be a shortcut for any detector. Here is their spread between videos.

page.Show(new TextTable("pixels", "Mean and deviation of grey over each person's frames, 0 to 255.", ["person", "mean", "deviation"],
    [.. store.Identities.Select(person =>
    {
        var greys = store.FramesOf(person).Select(frame => store.ReadImage(frame)).Select(image => Enumerable.Range(0, image.Width * image.Height).Select(i => (0.299 * image.Pixels[3 * i]) + (0.587 * image.Pixels[(3 * i) + 1]) + (0.114 * image.Pixels[(3 * i) + 2])).ToArray()).ToArray();
        var deviation = greys.Average(grey => Math.Sqrt(grey.Average(value => Math.Pow(value - grey.Average(), 2))));
        return (IReadOnlyList<string>)[person, FormattableString.Invariant($"{greys.Average(grey => grey.Average()):0.0}"), FormattableString.Invariant($"{deviation:0.0}")];
    })]));
Console.WriteLine(page.Save());
Directory.Delete(temporary, recursive: true);

//# ## How far two frames lie apart

static double Distance(FrameRecord a, FrameRecord b) => Enumerable.Range(0, ForensicHeads.Foundation.Landmarks68.Count).Average(i => (double)ForensicHeads.Foundation.Landmarks68.Distance(a.Landmarks, i, b.Landmarks, i));
