using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>procedural</c>: renders talking heads of nobody.</summary>
internal sealed class ProceduralCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var defaults = new ProceduralOptions();
        var identities = Options.Default("--identities", defaults.Identities, "Number of people.", "N");
        var first = Options.Default("--first", defaults.FirstIdentity,
            "Number of the first person; ranges that do not overlap give people that do not overlap.", "N");
        var videos = Options.Default("--videos", defaults.Videos, "Videos of each person.", "N");
        var frames = Options.Default("--frames", defaults.Frames, "Frames of each video.", "N");
        var stride = Options.Default("--stride", defaults.Stride, "Every how many-th frame of the 25 a second is kept.", "N");
        var size = Options.Default("--size", defaults.Size, "Side of a frame in pixels, 32 to 1024.", "PIXELS");
        var camera = Options.Switch("--camera", "Put each video's camera (blur, noise, demosaicing, JPEG) over its frames.");
        var renderer = Options.Default("--renderer", RendererVersions.NameOf(defaults.Renderer),
            "How heads are drawn: heads-1 as the demo and the shipped weights know them, heads-2 nearer to a photograph.",
            among: RendererVersions.Names);
        var seed = Options.Default("--seed", defaults.Seed, "Seed of everything.", "N");
        var to = Options.Required<string>("--out", "The store to make.", "STORE");
        return new CliCommand("procedural", "Renders talking heads of nobody into a store.",
            "forensicheads procedural --identities 20 --videos 2 --out data/heads")
        {
            identities, first, videos, frames, stride, size, camera, renderer, seed, to,
        }.Runs(context, run =>
        {
            var options = new ProceduralOptions
            {
                Identities = run.Get(identities),
                FirstIdentity = run.Get(first),
                Videos = run.Get(videos),
                Frames = run.Get(frames),
                Stride = run.Get(stride),
                Size = run.Get(size),
                Camera = run.Get(camera),
                Renderer = RendererVersions.Of(run.Get(renderer)),
                Seed = run.Get(seed),
            };
            var store = ProceduralStore.Render(options, run.Get(to), run.Progress, run.Cancellation);
            run.Say(string.Create(
                CultureInfo.InvariantCulture, $"{store.Count} frames of {options.Identities} people in {store.Path}"));
            return new CommandOutcome(new
            {
                store = store.Path,
                frames = store.Count,
                identities = options.Identities,
                content_sha256 = store.ContentHash
            });
        });
    }
}
