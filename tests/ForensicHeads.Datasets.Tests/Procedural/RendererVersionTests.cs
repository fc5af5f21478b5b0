using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace ForensicHeads.Datasets.Tests.Procedural;

/// <summary>What the second renderer adds, and what it must leave as it is.</summary>
public sealed class RendererVersionTests
{
    private const int People = 6;
    private static readonly FacePose Rest = new() { Zoom = 1 };
    private static readonly ConcurrentDictionary<(int Person, RendererVersion Version, int Video), ProceduralVideo> Videos = [];

    /// <summary>Whoever changes pixels or landmarks on purpose makes another version.</summary>
    [Theory]
    [InlineData(RendererVersion.Heads1, "ff655ef34923fb9e80d056415311ccf177f1d872e6ac4db689f7bfca162610c4")]
    [InlineData(RendererVersion.Heads2, "813312e3dfd5268c13b014ca04e9bdeb551172a5fa651600be4980d353845233")]
    public void A_renderer_keeps_its_bytes(RendererVersion version, string expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var person = 0; person < 4; person++) hash.AppendData(Video(person, version).Render(9 * person, 96).Image.Pixels);
        Assert.Equal(expected, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void The_second_renderer_gives_identical_bytes_in_any_order_and_on_any_thread()
    {
        var first = Video(3, RendererVersion.Heads2);
        // Sizes on both sides of the one from which every texel is used, in turns, because canvases are kept.
        var frames = new[] { (0, 96), (7, 200), (33, 96), (120, 200) };
        var expected = frames.Select(frame => first.Render(frame.Item1, frame.Item2).Image.Pixels).ToArray();
        var second = new ProceduralVideo(Person(3, RendererVersion.Heads2), 0, 1);
        var again = frames.Reverse().AsParallel().AsOrdered()
            .Select(frame => second.Render(frame.Item1, frame.Item2).Image.Pixels).ToArray();
        for (var i = 0; i < frames.Length; i++) Assert.Equal(expected[i], again[^(i + 1)]);
        Assert.NotEqual(expected[0], Video(3, RendererVersion.Heads1).Render(0, 96).Image.Pixels);
    }

    [Fact]
    public void A_number_is_the_same_person_with_the_same_moves_and_landmarks_in_every_version()
    {
        for (var person = 0; person < People; person++)
        {
            var (one, two) = (Video(person, RendererVersion.Heads1), Video(person, RendererVersion.Heads2));
            Assert.Equal(Person(person, RendererVersion.Heads1).Traits, Person(person, RendererVersion.Heads2).Traits);
            Assert.Equal(Person(person, RendererVersion.Heads1).Attributes, Person(person, RendererVersion.Heads2).Attributes);
            Assert.Equal((one.Name, one.Camera), (two.Name, two.Camera));
            foreach (var frame in (int[])[0, 31, 140])
            {
                Assert.Equal(one.PoseAt(frame), two.PoseAt(frame));
                Assert.Equal(one.Render(frame, 96).Landmarks.Values, two.Render(frame, 96).Landmarks.Values);
            }
        }
    }

    /// <summary>The nearest of the first renderer's faces is that of the same person.</summary>
    [Fact]
    public void A_face_looks_like_itself_in_every_version()
    {
        var first = Enumerable.Range(0, People).Select(person => Face(Video(person, RendererVersion.Heads1).Render(Rest, 96))).ToArray();
        for (var person = 0; person < People; person++)
        {
            var face = Face(Video(person, RendererVersion.Heads2).Render(Rest, 96));
            Assert.Equal(person, Enumerable.Range(0, People).MinBy(other => Difference(face, first[other])));
        }
    }

    /// <summary>What moves in the picture lies where the landmarks that move are.</summary>
    [Fact]
    public void Landmarks_lie_where_the_mesh_is()
    {
        const int Size = 192;
        for (var person = 0; person < People; person++)
        {
            var video = Video(person, RendererVersion.Heads2);
            var still = video.Render(Rest, Size);
            foreach (var (pose, from, to, reach) in new[]
            {
                (Rest with { Blink = 1 }, 36, 41, 0.035f), (Rest with { Blink = 1 }, 42, 47, 0.035f),
                (Rest with { MouthOpen = 1 }, 60, 67, 0.05f),
            })
            {
                var moved = video.Render(pose, Size);
                var marks = Enumerable.Range(from, to - from + 1)
                    .SelectMany(i => new[] { still.Landmarks[i], moved.Landmarks[i] }).ToArray();
                var (left, right) = (marks.Min(mark => mark.X), marks.Max(mark => mark.X));
                var (top, bottom) = (marks.Min(mark => mark.Y), marks.Max(mark => mark.Y));
                var (sum, x, y) = (0.0, 0.0, 0.0);
                for (var row = (int)(top - (0.06f * Size)); row < bottom + (0.06f * Size); row++)
                {
                    for (var column = (int)(left - (0.06f * Size)); column < right + (0.06f * Size); column++)
                    {
                        var change = Math.Abs(Grey(still.Image, column, row) - Grey(moved.Image, column, row));
                        if (change < 24) continue;
                        (sum, x, y) = (sum + change, x + (change * column), y + (change * row));
                    }
                }

                Assert.True(sum > 0, $"person {person}: nothing moved at point {from}");
                Assert.InRange(x / sum, ((left + right) / 2) - (reach * Size), ((left + right) / 2) + (reach * Size));
                Assert.InRange(y / sum, ((top + bottom) / 2) - (reach * Size), ((top + bottom) / 2) + (reach * Size));
            }
        }
    }

    [Fact]
    public void An_open_mouth_shows_teeth_brighter_than_the_lips_and_a_closed_one_none()
    {
        const int Size = 256;
        for (var person = 0; person < People; person++)
        {
            var video = Video(person, RendererVersion.Heads2);
            Assert.InRange(Teeth(video.Render(Rest with { MouthOpen = 1 }, Size)), 12, 400);
            Assert.Equal(0, Teeth(video.Render(Rest, Size)));
        }

        // Teeth: between the lips, pale, and brighter than both by 15 of 255 levels.
        static int Teeth(ProceduralFrame frame)
        {
            var (image, marks) = frame;
            var upper = Grey(image, (int)marks[51].X, (int)((marks[51].Y + marks[62].Y) / 2));
            var lower = Grey(image, (int)marks[57].X, (int)((marks[57].Y + marks[66].Y) / 2));
            var count = 0;
            for (var y = (int)marks[62].Y + 1; y < marks[66].Y; y++)
            {
                for (var x = (int)marks[61].X; x <= marks[63].X; x++)
                {
                    var (red, blue) = (image[x, y][0], image[x, y][2]);
                    if (Grey(image, x, y) > Math.Max(upper, lower) + 15 && blue > 0.6 * red) count++;
                }
            }

            return count;
        }
    }

    /// <summary>The left edge shows nothing but the room; rooms that are almost even there tell nothing.</summary>
    [Fact]
    public void The_room_is_less_sharp_than_in_the_first_version_and_each_video_has_its_lens()
    {
        const int Size = 192;
        var ratios = new List<double>();
        for (var person = 0; person < People; person++)
        {
            for (var video = 0; video < 3; video++)
            {
                var (one, two) = (Room(RendererVersion.Heads1), Room(RendererVersion.Heads2));
                if (one > 1.5) ratios.Add(two / one);
                double Room(RendererVersion version) =>
                    Sharpness(Video(person, version, video).Render(Rest, Size).Image, 0, 0, Size / 10, Size * 2 / 3, 9);
            }
        }

        var said = string.Join(' ', ratios.Select(ratio => $"{ratio:F2}"));
        Assert.True(ratios.Count >= 5 && ratios.Max() < 1 && ratios.Average() < 0.85 && ratios.Max() > 1.2 * ratios.Min(), said);
    }

    /// <summary>Pores on the cheek; a brow of single hairs.</summary>
    [Fact]
    public void Skin_has_pores_and_brows_have_strands()
    {
        var (cheek, brow) = (0, 0);
        for (var person = 0; person < People; person++)
        {
            var one = Video(person, RendererVersion.Heads1).Render(Rest, 512);
            var two = Video(person, RendererVersion.Heads2).Render(Rest, 512);
            var marks = one.Landmarks;
            var (left, top) = ((int)marks[36].X, (int)((marks[41].Y + marks[31].Y) / 2));
            if (Fineness(two.Image, left, top, 60, 36) > 1.1 * Fineness(one.Image, left, top, 60, 36)) cheek++;
            var (inner, height) = ((int)marks[19].X, (int)marks[19].Y);
            if (Fineness(two.Image, inner, height - 8, 44, 20) > 1.1 * Fineness(one.Image, inner, height - 8, 44, 20)) brow++;
        }

        Assert.InRange(cheek, People - 1, People);
        Assert.InRange(brow, People - 1, People);
    }

    [Fact]
    public void Closed_eyes_have_lashes_below_their_slit()
    {
        var dark = 0;
        for (var person = 0; person < People; person++)
        {
            var shut = Rest with { Blink = 1 };
            var one = Video(person, RendererVersion.Heads1).Render(shut, 512);
            var two = Video(person, RendererVersion.Heads2).Render(shut, 512);
            double Below(ProceduralFrame frame)
            {
                var marks = frame.Landmarks;
                var (x, y) = ((int)((marks[43].X + marks[44].X) / 2), (int)((marks[43].Y + marks[47].Y) / 2));
                var rows = Enumerable.Range(3, 5)
                    .SelectMany(down => Enumerable.Range(x - 14, 28).Select(at => Grey(frame.Image, at, y + down)));
                var skin = Enumerable.Range(x - 14, 28).Average(at => Grey(frame.Image, at, y + 22));
                return rows.Order().Take(14).Average() / skin;
            }

            if (Below(two) < 0.95 * Below(one)) dark++;
        }

        Assert.InRange(dark, People - 1, People);
    }

    [Fact]
    public void Light_creeps_round_skin_and_reddens_where_it_fades()
    {
        var light = new Light(new SeededRandom(4, "light"));
        var across = Vector3.Normalize(Vector3.Cross(light.Key, Vector3.UnitX));
        double Redness(float facing, Vector3 under)
        {
            var normal = (light.Key * facing) + (across * MathF.Sqrt(1 - (facing * facing)));
            // What the strongest lamp adds.
            var lamp = light.At(normal, 1, under) - light.At(normal, 0, under);
            return lamp.X / light.KeyColour.X / (lamp.Z / light.KeyColour.Z);
        }

        Assert.Equal(1, Redness(1, FineHead.UnderSkin), 0.001);
        Assert.InRange(Redness(0.1f, FineHead.UnderSkin), 1.3, 4);
        Assert.Equal(1, Redness(0.1f, Vector3.Zero), 0.001);
        // Half-shaded skin is redder than lit skin.
        var (none, half, full) = (Lit(0), Lit(0.3f), Lit(1));
        Assert.InRange((half.X - none.X) / (full.X - none.X), 1.1 * (half.Z - none.Z) / (full.Z - none.Z), 1);
        Vector3 Lit(float open) => light.At(light.Key, open, FineHead.UnderSkin);
    }

    [Fact]
    public void The_nose_and_the_chin_cast_shadows()
    {
        var head = new HeadMesh(new FaceShape(Person(1, RendererVersion.Heads2).Traits));
        var normals = new Vector3[head.Mesh.Positions.Length];
        head.Mesh.Normals(head.Mesh.Positions, normals);
        var shadows = new ShadowMap();
        double Open(float y, float z)
        {
            shadows.Clear(Vector3.Normalize(new Vector3(0.2f, 0.9f, 1)));
            shadows.Cast(head.Mesh.Positions, head.Mesh.Triangles);
            var at = Enumerable.Range(0, normals.Length).Where(i => head.Mesh.Positions[i].Z > z)
                .MinBy(i => Vector2.Distance(new Vector2(head.Mesh.Positions[i].X, head.Mesh.Positions[i].Y), new Vector2(0, y)));
            return shadows.Open(head.Mesh.Positions[at], normals[at]);
        }

        Assert.InRange(Open(0.4f, 0.3f), 0.95, 1);
        Assert.InRange(Open(-0.5f, 0.3f), 0, 0.7);
        Assert.InRange(Open(-1.15f, 0.1f), 0, 0.7);
    }

    [Fact]
    public void Collars_differ_and_go_round_the_neck()
    {
        var traits = Person(1, RendererVersion.Heads2).Traits;
        var collars = Enumerable.Range(0, 40).Select(i => Clothes.Collar(traits, new SeededRandom(i, "collar"))).ToArray();
        Assert.Contains(null, collars);
        Assert.Equal(3, collars.OfType<Mesh>().Select(collar => collar.Positions.Max(at => at.Y)).Distinct().Count());
        foreach (var collar in collars.OfType<Mesh>())
        {
            Assert.InRange(collar.Positions.Max(at => at.X) + collar.Positions.Min(at => at.X), -0.02f, 0.02f);
            Assert.All(collar.Positions.Where(at => MathF.Abs(at.Z + 0.15f) < 0.1f),
                at => Assert.InRange(MathF.Abs(at.X), new FaceShape(traits).HalfWidth(-1.3f), 0.8f));
        }
    }

    [Fact]
    public void A_store_is_keyed_by_its_renderer_and_people_are_known_in_both()
    {
        var (one, two) = (new ProceduralOptions(), new ProceduralOptions { Renderer = RendererVersion.Heads2 });
        Assert.Equal(
        [
            "procedural", """
            {"identities":20,"first_identity":70000,"videos":2,"frames":40,"stride":4,"size":128,"camera":false,"seed":1}
            """, "heads-1",
        ], ProceduralStore.Arguments(one));
        Assert.Equal("heads-2", ProceduralStore.Arguments(two)[^1]);
        Assert.Equal(two, CanonicalJson.OfText<ProceduralOptions>(ProceduralStore.Arguments(two)[1], "options"));
        Assert.Equal("--renderer is 7; allowed is heads-1 or heads-2.",
            Assert.Throws<UserErrorException>(() => new ProceduralOptions { Renderer = (RendererVersion)7 }.Validated()).Message);
        FrameRecord Of(RendererVersion renderer) => TestStores.Frame("p00012", "p00012-v0", 0) with
        {
            SourceCodec = ProceduralStore.SourceCodec,
            SourceSha256 = ProceduralStore.SourceOf(5, "p00012-v0", renderer),
        };
        Assert.NotEqual(Of(RendererVersion.Heads1).SourceSha256, Of(RendererVersion.Heads2).SourceSha256);
        var (people, others) = RenderedPeople.Find([Of(RendererVersion.Heads2)]);
        Assert.Equal([new RenderedPeople(5, 12, 1)], people);
        Assert.Empty(others);
        Assert.All(Enum.GetValues<RendererVersion>(), renderer => Assert.True(people[0].Holds(Of(renderer))));
        Assert.All(RendererVersions.Names, name => Assert.Equal(name, RendererVersions.NameOf(RendererVersions.Of(name))));
    }

    private static ProceduralPerson Person(int number, RendererVersion version) => ProceduralPerson.Create(1, number, version);

    // Kept, because a head takes longer to build than a frame to draw.
    private static ProceduralVideo Video(int person, RendererVersion version, int video = 0) =>
        Videos.GetOrAdd((person, version, video), key => new ProceduralVideo(Person(key.Person, key.Version), key.Video, 1));

    private static int Grey(RgbImage image, int x, int y) => (image[x, y][0] + image[x, y][1] + image[x, y][2]) / 3;

    // Between the outer corners of the eyes and from brows to chin, colours by which people differ.
    private static int[] Face(ProceduralFrame frame)
    {
        var (image, marks) = frame;
        return [.. Enumerable.Range(0, 24 * 24).SelectMany(i =>
            image[(int)float.Lerp(marks[36].X, marks[45].X, i % 24 / 23f), (int)float.Lerp(marks[19].Y, marks[8].Y, i / 24 / 23f)]
                .ToArray().Select(value => (int)value))];
    }

    private static double Difference(int[] a, int[] b) => a.Zip(b).Average(pair => Math.Abs(pair.First - pair.Second));

    // Mean second difference at a distance of so many pixels, in levels.
    private static double Sharpness(RgbImage image, int left, int top, int width, int height, int step)
    {
        var sum = 0.0;
        for (var y = top + step; y < top + height - step; y++)
            for (var x = left; x < left + width; x++)
                sum += Math.Abs(Grey(image, x, y - step) + Grey(image, x, y + step) - (2 * Grey(image, x, y)));
        return sum / width / (height - (2 * step));
    }

    private static double Fineness(RgbImage image, int left, int top, int width, int height) =>
        Sharpness(image, left, top, width, height, 2);
}
