{{- define "concordat.urls" -}}
{{- $urls := list -}}
{{- range $name, $_ := .Values.services -}}
{{- if ne $name "web" -}}{{- $urls = append $urls (printf "%s=http://%s-%s:3000" $name $.Release.Name $name) -}}{{- end -}}
{{- end -}}
{{- join "," $urls -}}
{{- end -}}

{{- define "concordat.labels" -}}
app.kubernetes.io/name: concordat
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "concordat.image" -}}
{{ .root.Values.image.repository }}/{{ .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{- /* Names and values of an environment: text with values in it, or a key of the secret. */ -}}
{{- define "concordat.environment" -}}
{{- range $name, $value := .environment }}
- name: {{ $name }}
{{- if kindIs "map" $value }}
  valueFrom: { secretKeyRef: { name: {{ $.root.Values.secret | quote }}, key: {{ $value.secret | quote }}{{ if $value.optional }}, optional: true{{ end }} } }
{{- else }}
  value: {{ tpl $value $.root | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* An authority of one's own: where its certificate is, for all that is spoken to. */ -}}
{{- define "concordat.authorityFile" -}}
{{- if .Values.authority.configMap }}/etc/concordat-ca/{{ .Values.authority.key }}{{ end -}}
{{- end -}}
{{- define "concordat.authorityEnvironment" -}}
{{- with include "concordat.authorityFile" . }}
- { name: TLS_CA_FILE, value: {{ . | quote }} }
- { name: NODE_EXTRA_CA_CERTS, value: {{ . | quote }} }
{{- end }}
{{- end -}}
{{- define "concordat.authorityMount" -}}
{{- if .Values.authority.configMap }}
- { name: authority, mountPath: /etc/concordat-ca, readOnly: true }
{{- end }}
{{- end -}}
{{- define "concordat.authorityVolume" -}}
{{- with .Values.authority.configMap }}
- { name: authority, configMap: { name: {{ . | quote }} } }
{{- end }}
{{- end -}}

{{- define "concordat.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "concordat.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}
