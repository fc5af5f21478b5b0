using System.Text.Json;
using System.Text.Json.Serialization;
using Makers = ForensicHeads.Generator.Catalogue.Generators;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>One of an experiment's generators: a name of the catalogue, a <c>NAME.generator.json</c>, or finished fakes.</summary>
/// <param name="Name">The name, the path as it was written, or the generator whose fakes are taken from <paramref name="Store"/>.</param>
/// <param name="Store">The store of finished fakes; null for what is made here.</param>
[JsonConverter(typeof(Form))]
public sealed record GeneratorReference(string Name, string? Store = null)
{
    /// <summary>Its name in the <c>generator</c> column and in tables.</summary>
    public string Title { get; private init; } = Name;

    /// <summary>Where its file or its store lies; null for a generator of the catalogue.</summary>
    public string? Path { get; private init; }

    /// <summary>Whether it is a program of others.</summary>
    public bool IsProgram => Store is null && GeneratorFile.IsOne(Name);

    /// <summary>A generator by its name or file.</summary>
    public static implicit operator GeneratorReference(string name) => new(name);

    /// <summary>The same, found.</summary>
    /// <param name="near">Where a path leads.</param>
    /// <exception cref="UserErrorException">An unknown name, or a file that cannot be used.</exception>
    internal GeneratorReference Found(Func<string, string> near)
    {
        if (!IsProgram && Store is null && Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) throw new UserErrorException(
            $"The generator '{Name}' looks like a file, but its name does not end in {GeneratorFile.Ending}. Give it such a name.", 2);
        if (!IsProgram && Store is null) return this with { Title = Makers.All.ByName(Name).Name };
        var path = near(Store ?? Name);
        return this with { Path = path, Title = Store is null ? GeneratorFile.Read(path).Name : Name };
    }

    /// <summary>As a report may show it: no path of the machine.</summary>
    internal GeneratorReference Shown() => this with
    {
        Name = IsProgram ? System.IO.Path.GetFileName(Name) : Name,
        Store = Store is null ? null : System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Store)),
    };

    /// <summary>A text, or an object with <c>store</c> and <c>generator</c>.</summary>
    internal sealed class Form : JsonConverter<GeneratorReference>
    {
        public override GeneratorReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new(reader.GetString()!);
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("a name, the path of a .generator.json, or an object with store and generator was expected.");
            var fakes = JsonSerializer.Deserialize<Fakes>(ref reader, options)!;
            return new(fakes.Generator, fakes.Store);
        }

        public override void Write(Utf8JsonWriter writer, GeneratorReference value, JsonSerializerOptions options)
        {
            if (value.Store is null) writer.WriteStringValue(value.Name);
            else JsonSerializer.Serialize(writer, new Fakes { Store = value.Store, Generator = value.Name }, options);
        }

        private sealed record Fakes
        {
            public required string Store { get; init; }

            public required string Generator { get; init; }
        }
    }
}
